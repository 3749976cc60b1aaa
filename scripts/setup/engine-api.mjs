import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { join } from 'node:path';

/**
 * One request to an engine's HTTP API, over a socket, a pipe or TCP.
 * @param {import('./engine-addresses.mjs').EngineAddress} address
 * @param {{method?: string, path: string, body?: Buffer, idleTimeoutMs?: number, onData?: (text: string) => void}} request
 *   `idleTimeoutMs`: give up when nothing moved for so long
 * @returns {Promise<{status: number, body: string}>}
 */
export function askEngine(address, { method = 'GET', path, body, idleTimeoutMs = 10_000, onData }) {
  const endpoint = endpointOf(address);
  const headers =
    body === undefined ? {} : { 'Content-Type': 'application/x-tar', 'Content-Length': body.length };
  return new Promise((resolve, reject) => {
    const request = endpoint.client.request({ ...endpoint.options, method, path, headers, agent: false });
    request.setTimeout(idleTimeoutMs, () =>
      request.destroy(
        Object.assign(new Error(`no answer for ${idleTimeoutMs / 1000} s`), { code: 'ETIMEDOUT' }),
      ),
    );
    request.on('error', reject);
    request.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part) => {
        text += part;
        onData?.(part);
      });
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
    });
    request.end(body);
  });
}

/**
 * Whether an engine is there. `forbidden`: it is, but not for this user; `silent`: something listens, but says nothing.
 * @returns {Promise<'answers' | 'absent' | 'forbidden' | 'silent' | 'unsupported'>}
 */
export async function pingEngine(address, idleTimeoutMs = 3000) {
  try {
    const { status } = await askEngine(address, { path: '/_ping', idleTimeoutMs });
    return status === 200 ? 'answers' : 'silent';
  } catch (error) {
    if (error.code === 'EACCES' || error.code === 'EPERM') return 'forbidden';
    if (error.code === 'ETIMEDOUT') return 'silent';
    return error.code === 'ERR_ADDRESS' ? 'unsupported' : 'absent';
  }
}

/** What a program that follows the docker conventions needs to find this engine. */
export function engineEnvironment(address) {
  const certificates =
    address.certDir === undefined ? {} : { DOCKER_CERT_PATH: address.certDir, DOCKER_TLS_VERIFY: '1' };
  return { DOCKER_HOST: address.url, ...certificates };
}

/** Where ports that the engine publishes can be reached. */
export function publishedHost(address) {
  return /^(tcp|https?):/.test(address.url)
    ? new URL(address.url.replace(/^tcp/, 'http')).hostname
    : '127.0.0.1';
}

function endpointOf(address) {
  const [scheme, rest] = address.url.split('://', 2);
  if (scheme === 'unix') return { client: http, options: { socketPath: rest } };
  if (scheme === 'npipe') return { client: http, options: { socketPath: rest.replaceAll('/', '\\') } };
  if (scheme !== 'tcp' && scheme !== 'http' && scheme !== 'https') {
    throw Object.assign(new Error(`cannot speak ${scheme}`), { code: 'ERR_ADDRESS' });
  }
  const { hostname: host, port } = new URL(`http://${rest}`);
  if (address.certDir === undefined && scheme !== 'https')
    return { client: http, options: { host, port: port || 2375 } };
  return { client: https, options: { host, port: port || 2376, ...certificatesIn(address.certDir) } };
}

function certificatesIn(certDir) {
  if (certDir === undefined) return {};
  const read = (name) => readFileSync(join(certDir, name));
  return { ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem') };
}
