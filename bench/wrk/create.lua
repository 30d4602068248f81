-- POSTs of trackings that nobody has sent before: one by one, or ROWS in a batch.
-- usage: wrk -s create.lua URL -- KEY SALT ROWS, from this folder
dofile("report.lua")
local ffi = require("ffi")
local rows, head, salt
local sent = 0

-- Numbers without a pattern: multiplying by an odd number permutes those below 2^46.
local function number()
  sent = sent + 1
  local bits = (ffi.cast("uint64_t", sent) * 0x2545f4914f6cdd1dULL) % 0x400000000000ULL
  return string.format("%s%014.0f", salt, tonumber(bits))
end

local function row()
  return '{"tracking_number":"' .. number() .. '","carrier_code":"china-ems","title":"Linen shirt, size M",' ..
    '"customer_name":"Chen Wei","customer_email":"customer12345@example.org","order_id":"#' ..
    string.format("%07d", sent) .. '","destination_code":"DE"}'
end

local function body()
  if rows == 1 then return row() end
  local all = {}
  for i = 1, rows do all[i] = row() end
  return "[" .. table.concat(all, ",") .. "]"
end

function init(args)
  salt = args[2]
  rows = tonumber(args[3])
  local size = #body()
  head = "POST /v2/trackings/" .. (rows == 1 and "post" or "batch") .. " HTTP/1.1\r\nHost: " .. wrk.host ..
    "\r\nTrackingmore-Api-Key: " .. args[1] .. "\r\nContent-Type: application/json\r\nContent-Length: " .. size .. "\r\n\r\n"
end

function request()
  return head .. body()
end
