-- The same GET again and again.
-- usage: wrk -s same.lua URL, from this folder
dofile("report.lua")
