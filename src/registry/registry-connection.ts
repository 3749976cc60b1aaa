import { Readable } from 'node:stream';
import type { Patience } from '../model/patience.js';
import { RegistryError } from '../problems/errors.js';
import { type Challenge, parseChallenge } from './challenge.js';
import {
  type ExchangeOptions,
  exchange,
  type HttpRequest,
  type HttpResponse,
  type OpenResponse,
  openExchange,
} from './http-exchange.js';
import { machinePatience } from './machine-patience.js';
import { unanswered } from './registry-error.js';
import { type CredentialSource, type Credentials, credentialsOfRegistry } from './registry-login.js';
import { basicAuthorization, fetchToken } from './registry-token.js';
import { repeat } from './repeat.js';

/** What decides how registries are spoken with. */
export interface RegistrySurroundings {
  readonly credentials: CredentialSource;
  /** Hosts that may be asked without encryption, or with a certificate that nobody vouches for. */
  readonly insecure: readonly string[];
  readonly signal?: AbortSignal | undefined;
  /** How to wait between attempts; without it, with the time of this machine. */
  readonly patience?: Patience;
}

export type RegistryCall = Omit<HttpRequest, 'url'> & {
  /** Below the host; or a whole URL that the registry gave. */
  readonly path: string | URL;
  /** What a token must allow: `repository:team/stack:pull`. */
  readonly scope: string;
  readonly maxBytes: number;
};

/**
 * A connection with one registry, as docker makes it: https, and for hosts of this machine http too; logged in as the
 * docker client of this person is. Credentials are looked up when the registry asks for them.
 */
export class RegistryConnection {
  readonly registry: string;
  readonly #surroundings: RegistrySurroundings;
  readonly #tokens = new Map<string, string>();
  #base: Promise<URL> | undefined;
  #basic: string | undefined;
  #credentials: Promise<Credentials | undefined> | undefined;

  constructor(registry: string, surroundings: RegistrySurroundings) {
    this.registry = registry;
    this.#surroundings = surroundings;
  }

  get #isInsecure(): boolean {
    const host = this.registry.replace(/:\d+$/, '');
    const isHere = host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
    return isHere || this.#surroundings.insecure.includes(this.registry);
  }

  /** Whether there are credentials for it; asks helpers. */
  async hasLogin(): Promise<'logged-in' | 'anonymous'> {
    return (await this.#login()) === undefined ? 'anonymous' : 'logged-in';
  }

  /** One request, logged in if that is asked for. Throws RegistryError when there is no answer, or CancelledError. */
  async send(call: RegistryCall): Promise<HttpResponse> {
    try {
      const first = await this.#sendOnce(call);
      if (first.status !== 401) return first;
      const challenge = parseChallenge(first.headers['www-authenticate']);
      const isAnswered = challenge !== undefined && (await this.#answer(challenge, call));
      return isAnswered ? await this.#sendOnce(call) : first;
    } catch (error) {
      throw unanswered(this.registry, error);
    }
  }

  /** The same for an answer that is read as it comes. */
  async open(call: Omit<RegistryCall, 'maxBytes'>): Promise<OpenResponse> {
    try {
      const first = await this.#openOnce(call);
      if (first.status !== 401) return first;
      const challenge = parseChallenge(first.headers['www-authenticate']);
      if (challenge === undefined || !(await this.#answer(challenge, call))) return first;
      first.stream.destroy();
      return await this.#openOnce(call);
    } catch (error) {
      throw unanswered(this.registry, error);
    }
  }

  async #openOnce(call: Omit<RegistryCall, 'maxBytes'>): Promise<OpenResponse> {
    return openExchange(await this.#request(call), this.#options(0));
  }

  async #sendOnce(call: RegistryCall): Promise<HttpResponse> {
    const { patience = machinePatience, signal } = this.#surroundings;
    const once = async () => exchange(await this.#request(call), this.#options(call.maxBytes));
    // A stream that was read is gone.
    return call.body instanceof Readable ? once() : repeat(once, patience, signal);
  }

  async #request(call: Omit<RegistryCall, 'maxBytes'>): Promise<HttpRequest> {
    this.#base ??= this.#findBase();
    const base = await this.#base;
    const url = new URL(call.path, base);
    const authorization =
      url.origin === base.origin ? (this.#tokens.get(call.scope) ?? this.#basic) : undefined;
    return {
      ...call,
      url,
      headers: { ...call.headers, ...(authorization === undefined ? {} : { authorization }) },
    };
  }

  /** Gets what the registry asks for; false: there is nothing to give. */
  async #answer(challenge: Challenge, { scope }: Pick<RegistryCall, 'scope'>): Promise<boolean> {
    const credentials = await this.#login();
    if (challenge.kind === 'basic') {
      const before = this.#basic;
      this.#basic = credentials === undefined ? undefined : basicAuthorization(credentials);
      return this.#basic !== before;
    }
    if (challenge.realm.protocol !== 'https:' && !this.#isInsecure)
      throw new RegistryError('denied', `${this.registry} wants the login to be sent without encryption`, {
        registry: this.registry,
        hint: 'ask who runs it to use https, or allow it with --insecure-registry',
      });
    const token = await fetchToken(challenge, scope, credentials, this.#options(maxTokenBytes));
    if (token === undefined) return false;
    this.#tokens.set(scope, `Bearer ${token}`);
    return true;
  }

  #login(): Promise<Credentials | undefined> {
    this.#credentials ??= credentialsOfRegistry(this.registry, this.#surroundings.credentials);
    return this.#credentials;
  }

  /** https, or http where that is allowed and nobody speaks https. */
  async #findBase(): Promise<URL> {
    const host = this.registry === 'docker.io' ? 'registry-1.docker.io' : this.registry;
    const secure = new URL(`https://${host}/`);
    if (!this.#isInsecure) return secure;
    try {
      const url = new URL('/v2/', secure);
      await exchange({ method: 'GET', url, headers: {} }, this.#options(maxTokenBytes));
      return secure;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOTFOUND') throw error;
      return new URL(`http://${host}/`);
    }
  }

  #options(maxBytes: number): ExchangeOptions {
    const { signal } = this.#surroundings;
    return { maxBytes, certificates: this.#isInsecure ? 'accept' : 'verify', signal };
  }
}

const maxTokenBytes = 1024 * 1024;
