// `node flaky-proxy.mjs <port> <port of the registry> <failures in a hundred requests>`: stands before a registry and
// fails: status 500, a broken connection, or 429 with Retry-After, in turn by chance that is the same in each run.
// Says `listening` once it does, and each failure in a line.
import http from 'node:http';

const [port, target, failuresPerCent] = process.argv.slice(2).map(Number);
let seed = 20;

http
  .createServer((request, response) => {
    const failure = failureOf(chance());
    if (failure === undefined) return forward(request, response);
    process.stdout.write(`${failure} ${request.method} ${request.url}\n`);
    if (failure === 'reset') request.socket.resetAndDestroy();
    else if (failure === 'busy') response.writeHead(429, { 'Retry-After': '1' }).end('come back later');
    else response.writeHead(500).end('out of order');
  })
  .listen(port, '127.0.0.1', () => process.stdout.write('listening\n'));

function failureOf(number) {
  if (number >= failuresPerCent / 100) return undefined;
  return ['broken', 'reset', 'busy'][Math.floor((number * 300) / failuresPerCent)];
}

/** From 0 up to 1; the generator of Park and Miller. */
function chance() {
  seed = (seed * 48_271) % 2_147_483_647;
  return seed / 2_147_483_647;
}

function forward(request, response) {
  const { method, url, headers } = request;
  const onward = http.request({ host: '127.0.0.1', port: target, method, path: url, headers });
  onward.on('response', (answer) => {
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => request.socket.destroy());
  request.pipe(onward);
}
