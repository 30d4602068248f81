-- GETs of trackings chosen by chance among the lines "carrier/number" of a file.
-- usage: wrk -s get.lua URL -- NUMBERS KEY, from this folder
dofile("report.lua")
local lines = {}
local count = 0
local head
function init(args)
  for line in io.lines(args[1]) do
    count = count + 1
    lines[count] = line
  end
  math.randomseed(1)
  head = " HTTP/1.1\r\nHost: " .. wrk.host .. "\r\nTrackingmore-Api-Key: " .. args[2] .. "\r\n\r\n"
end

function request()
  return "GET /v2/trackings/" .. lines[math.random(count)] .. head
end
