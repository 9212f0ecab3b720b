-- Sends the requests of a file in their order, one file for each thread, and prints figures as JSON.
-- The file: for each request the number of its bytes, a line break, and those bytes.
local number = 0

function setup(thread)
  thread:set("number", number)
  number = number + 1
end

function init(args)
  requests = {}
  local file = io.open(args[1] .. "." .. number, "rb")
  while true do
    local length = file:read("*n")
    if not length then break end
    file:read(1)
    requests[#requests + 1] = file:read(length)
  end
  file:close()
  place = 0
end

function request()
  place = place % #requests + 1
  return requests[place]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    'figures {"requests": %d, "seconds": %f, "errors": %d, "p50": %f, "p95": %f, "p99": %f}\n',
    summary.requests, summary.duration / 1e6,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, latency:percentile(99) / 1e3))
end
