import http from 'node:http';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream';

/**
 * When a cut comes: `before` the engine hears of the request, or `after` it has done it and before the client hears
 * of that.
 */
export type CutMoment = 'before' | 'after';

export interface Cut {
  /** Which of the changing requests: the first is 1. */
  readonly at: number;
  readonly moment: CutMoment;
  /** Called before the connections break: the client may be killed here. */
  readonly onCut: () => void;
}

/**
 * A socket between a client and the engine that passes everything on, streams in both directions included, until the
 * chosen changing request: from then on the engine cannot be reached through it.
 */
export class CuttingProxy {
  readonly #server: http.Server;
  readonly #connections = new Set<Duplex>();
  readonly #engine: http.RequestOptions;
  readonly #cut: Cut;
  #changes = 0;
  #brokenAt: string | undefined;

  private constructor(engine: http.RequestOptions, cut: Cut) {
    this.#engine = engine;
    this.#cut = cut;
    this.#server = http.createServer((request, response) => void this.#forward(request, response));
    this.#server.on('connection', (socket) => this.#keep(socket));
    this.#server.on('upgrade', (request, socket, head) => this.#join(request, socket, head));
  }

  static async listen(path: string, engineUrl: string, cut: Cut): Promise<CuttingProxy> {
    const proxy = new CuttingProxy(endpointOf(engineUrl), cut);
    await new Promise<void>((resolve, reject) => {
      proxy.#server.once('error', reject).listen(path, resolve);
    });
    return proxy;
  }

  /** The request at which it was cut, `POST /containers/create`; undefined: never. */
  get brokenAt(): string | undefined {
    return this.#brokenAt;
  }

  async close(): Promise<void> {
    this.#breakAll();
    if (!this.#server.listening) return;
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #forward(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const isTheOne = isChange(request) && ++this.#changes === this.#cut.at;
    if (isTheOne && this.#cut.moment === 'before') return this.#break(request);
    const onward = this.#send(request);
    onward.on('response', (answer) => {
      if (isTheOne) {
        // Only once it has been answered in full is it done.
        answer.resume().on('end', () => this.#break(request));
        return;
      }
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      // What has no end yet, as events, must not wait for its first piece to begin.
      response.flushHeaders();
      pipeline(answer, response, () => {});
    });
    pipeline(request, onward, () => {});
  }

  /** Hands a connection over, as for the streams of a program. */
  #join(request: http.IncomingMessage, socket: Duplex, head: Buffer): void {
    if (isChange(request) && ++this.#changes === this.#cut.at) {
      this.#break(request);
      return;
    }
    const onward = this.#send(request);
    onward.on('upgrade', (answer, engine, first) => {
      this.#keep(engine);
      const headers = Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}`);
      const status = `HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}`;
      socket.write(`${[status, ...headers].join('\r\n')}\r\n\r\n`);
      socket.write(first);
      engine.write(head);
      pipeline(engine, socket, () => {});
      pipeline(socket, engine, () => {});
    });
    onward.end();
  }

  #send({ method = 'GET', url = '/', headers }: http.IncomingMessage): http.ClientRequest {
    const onward = http.request({ ...this.#engine, method, path: url, headers, agent: false });
    onward.on('socket', (socket) => this.#keep(socket));
    // Either end may go at any moment: that is what this is for.
    return onward.on('error', () => {});
  }

  #break({ method, url = '' }: http.IncomingMessage): void {
    this.#brokenAt = `${method} ${url.replace(/^\/v[\d.]+/, '').replace(/[0-9a-f]{64}/g, '<id>')}`;
    this.#cut.onCut();
    this.#breakAll();
    this.#server.close();
  }

  #keep(connection: Duplex): void {
    connection.on('error', () => {}).once('close', () => this.#connections.delete(connection));
    this.#connections.add(connection);
  }

  #breakAll(): void {
    for (const connection of this.#connections) connection.destroy();
  }
}

function isChange({ method }: http.IncomingMessage): boolean {
  return method !== 'GET' && method !== 'HEAD';
}

function endpointOf(url: string): http.RequestOptions {
  if (url.startsWith('unix://')) return { socketPath: url.slice('unix://'.length) };
  const { hostname, port } = new URL(url);
  return { host: hostname, port };
}
