// The Engine API without anything around it: what a client can reach at best.
import http from 'node:http';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

const label = 'dev.tscompose.bench';

export class RawEngine {
  #target;
  #agent = new http.Agent({ keepAlive: true });

  /** @param {string} url `unix://…` or `tcp://…`, as in DOCKER_HOST */
  constructor(url = process.env.DOCKER_HOST || 'unix:///var/run/docker.sock') {
    const { hostname: host, port } = new URL(url);
    this.#target = url.startsWith('unix://') ? { socketPath: url.slice('unix://'.length) } : { host, port };
  }

  /** Answers with the parsed body. Throws for a status from 400 on; 404 of a DELETE is fine. */
  call(method, path, body) {
    const payload = body === undefined ? '' : JSON.stringify(body);
    const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(payload) };
    return new Promise((resolve, reject) => {
      const options = { ...this.#target, agent: this.#agent, method, path, headers };
      const request = http.request(options, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part) => {
          text += part;
        });
        response.on('end', () => {
          const { statusCode } = response;
          const isGone = method === 'DELETE' && statusCode === 404;
          if (statusCode >= 400 && !isGone) reject(new Error(`${method} ${path}: ${statusCode} ${text}`));
          else resolve(text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : undefined);
        });
      });
      request.on('error', reject).end(payload);
    });
  }

  async version() {
    return (await this.call('GET', '/version')).Version;
  }

  createNetwork(name) {
    return this.call('POST', '/networks/create', { Name: name, Labels: { [label]: name } });
  }

  /** Docker 20.10 now and then forgets to free an endpoint when many containers go at once: then the network stays. */
  async removeNetwork(name) {
    await this.call('DELETE', `/networks/${name}`).catch(() => undefined);
  }

  /** @param {object} [healthcheck] as the API takes it */
  async createContainer(name, network, healthcheck) {
    const body = {
      Image: 'busybox:latest',
      Cmd: ['sleep', '3600'],
      Labels: { [label]: network },
      Healthcheck: healthcheck,
      HostConfig: { Init: true, NetworkMode: network },
      NetworkingConfig: { EndpointsConfig: { [network]: { Aliases: [name] } } },
    };
    return (await this.call('POST', `/containers/create?name=${name}`, body)).Id;
  }

  startContainer(id) {
    return this.call('POST', `/containers/${id}/start`);
  }

  /** Calls back with the id of each container of a network's name that becomes healthy. Fulfilled once it listens. */
  listenToHealth(network, onHealthy) {
    const filters = { event: ['health_status'], label: [`${label}=${network}`] };
    return this.listen(filters, ({ Action: action, Actor: actor }) => {
      if (action === 'health_status: healthy') onHealthy(actor.ID);
    });
  }

  /**
   * Calls back with each event that the filters let through. Fulfilled, with how to end it, once it listens.
   * @param {Record<string, string[]>} filters as the API takes them
   */
  async listen(filters, onEvent) {
    const path = `/events?filters=${encodeURIComponent(JSON.stringify(filters))}`;
    const response = await new Promise((resolve, reject) =>
      http.get({ ...this.#target, path }, resolve).on('error', reject),
    );
    createInterface({ input: response }).on('line', (line) => onEvent(JSON.parse(line)));
    return () => response.destroy();
  }

  /** Reads an answer to its end without a look at it; gives the time that it took, in milliseconds. */
  drain(path) {
    const startedAt = performance.now();
    const { socketPath, host, port } = this.#target;
    const socket = socketPath === undefined ? connect({ host, port }) : connect({ path: socketPath });
    socket.write(`GET ${path} HTTP/1.1\r\nHost: engine\r\nConnection: close\r\n\r\n`);
    let head;
    socket.on('data', (chunk) => {
      head ??= chunk.toString('latin1', 0, 15);
    });
    return new Promise((resolve, reject) => {
      socket.on('error', reject).on('close', () => {
        if (head?.startsWith('HTTP/1.1 200')) resolve(performance.now() - startedAt);
        else reject(new Error(`GET ${path}: ${head ?? 'no answer'}`));
      });
    });
  }

  stopContainer(id) {
    return this.call('POST', `/containers/${id}/stop`);
  }

  removeContainer(id) {
    return this.call('DELETE', `/containers/${id}?force=1&v=1`);
  }

  /** With all that only it has. */
  removeImage(name) {
    return this.call('DELETE', `/images/${name}?force=1`);
  }

  close() {
    this.#agent.destroy();
  }
}
