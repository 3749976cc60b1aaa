import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One request as it came in. */
export interface ReceivedRequest {
  /** `GET /v1.41/containers/json`, without the query. */
  readonly line: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** An answer of the engine: a status with a body, JSON unless it is a text, or the response itself to play with. */
export type Answer = readonly [status: number, body?: unknown] | ((response: ServerResponse) => void);

/**
 * Something that answers at a socket as an engine would: the wire under test without an engine. The key is the
 * method and the path without the version.
 */
export class ApiServer implements AsyncDisposable {
  readonly received: ReceivedRequest[] = [];
  readonly sockets = new Set<Socket>();
  readonly #server;
  readonly #dir: string;

  private constructor(dir: string, apiVersion: string, answers: Readonly<Record<string, Answer>>) {
    this.#dir = dir;
    this.#server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const url = new URL(request.url ?? '', 'http://engine');
      const line = `${request.method} ${url.pathname}`;
      const body = Buffer.concat(chunks).toString();
      this.received.push({ line, query: url.searchParams, headers: request.headers, body });
      response.setHeader('Api-Version', apiVersion);
      const key = line.replace(/ \/v\d+\.\d+/, ' ');
      respond(
        response,
        answers[key] ?? (key === 'GET /_ping' ? [200, 'OK'] : [404, { message: 'page not found' }]),
      );
    });
    this.#server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
  }

  static async start(answers: Readonly<Record<string, Answer>>, apiVersion = '1.41'): Promise<ApiServer> {
    const dir = await mkdtemp(join(tmpdir(), 'engine-api-'));
    const server = new ApiServer(dir, apiVersion, answers);
    await new Promise<void>((resolve) => server.#server.listen(server.socketPath, resolve));
    return server;
  }

  get socketPath(): string {
    return join(this.#dir, 'docker.sock');
  }

  /** For `connectEngine`; the home folder is empty but for what the test writes there. */
  surroundings(more: Readonly<Record<string, string>> = {}) {
    const environment = new Map(Object.entries({ DOCKER_HOST: `unix://${this.socketPath}`, ...more }));
    return { environment, homeDir: this.#dir };
  }

  /** Requests after the ping that every connection begins with. */
  get calls(): string[] {
    return this.received.map(({ line }) => line).filter((line) => line !== 'GET /_ping');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
    await rm(this.#dir, { recursive: true });
  }
}

function respond(response: ServerResponse, answer: Answer): void {
  if (typeof answer === 'function') {
    answer(response);
    return;
  }
  const [status, body] = answer;
  response.statusCode = status;
  response.end(body === undefined || typeof body === 'string' ? body : JSON.stringify(body));
}
