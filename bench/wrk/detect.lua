-- POSTs of numbers to be told the carrier of.
-- usage: wrk -s detect.lua URL -- KEY, from this folder
dofile("report.lua")
local numbers = { "RR123456785CN", "1Z5R89390357567127", "9400111899223197428490", "LX123456785DE", "00340434161094022115" }
local requests = {}
local sent = 0
function init(args)
  for i, number in ipairs(numbers) do
    local body = '{"tracking_number":"' .. number .. '"}'
    requests[i] = "POST /v2/carriers/detect HTTP/1.1\r\nHost: " .. wrk.host .. "\r\nTrackingmore-Api-Key: " .. args[1] ..
      "\r\nContent-Type: application/json\r\nContent-Length: " .. #body .. "\r\n\r\n" .. body
  end
end

function request()
  sent = sent % #requests + 1
  return requests[sent]
end
