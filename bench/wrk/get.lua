-- GETs of trackings chosen by chance among the lines "carrier/number" of a file.
-- usage: wrk -s get.lua URL -- NUMBERS KEY, from this folder
dofile("report.lua")
local lines = {}
local head
function init(args)
  -- Every fiftieth line, from all over the data set: with more of them the collection of wrk's own garbage stops the load for
  -- a tenth of a second at a time, and that is what its p99 then shows.
  local read = 0
  for line in io.lines(args[1]) do
    read = read + 1
    if read % 50 == 0 then lines[#lines + 1] = line end
  end
  if #lines == 0 then error("too few numbers in " .. args[1]) end
  math.randomseed(1)
  head = " HTTP/1.1\r\nHost: " .. wrk.host .. "\r\nTrackingmore-Api-Key: " .. args[2] .. "\r\n\r\n"
end

function request()
  return "GET /v2/trackings/" .. lines[math.random(#lines)] .. head
end
