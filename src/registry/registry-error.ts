import { redactUrls } from '../model/redact.js';
import { RegistryError, TscomposeError } from '../problems/errors.js';
import { type HttpResponse, TooLongError } from './http-exchange.js';
import { type RegistryReference, referenceText } from './reference.js';

/** What an answer that is no success means. `operation`: as in `read`, `write`. */
export function refusal(
  operation: string,
  reference: RegistryReference,
  response: Pick<HttpResponse, 'status' | 'body'>,
  isLoggedIn: 'logged-in' | 'anonymous',
): RegistryError {
  const { status } = response;
  const { registry } = reference;
  const name = referenceText(reference);
  const said = wordsOf(response.body);
  const about = { registry, status };
  if (status === 404) {
    return new RegistryError('not-found', `${name} is not at the registry${said}`, {
      ...about,
      hint: `check the name and tag, and log in with \`docker login ${registry}\` if it is private`,
    });
  }
  if (status === 401 || status === 403) {
    const who = isLoggedIn === 'logged-in' ? 'this login' : 'somebody without a login';
    return new RegistryError(
      'denied',
      `the registry ${registry} does not let ${who} ${operation} ${name}${said}`,
      {
        ...about,
        hint: `log in with \`docker login ${registry}\`, and check that this user may ${operation} it`,
      },
    );
  }
  return new RegistryError(
    'failed',
    `cannot ${operation} ${name}: ${registry} answers with ${status}${said}`,
    { ...about, hint: `that is a failure of ${registry} itself, or of what is in between: try again later` },
  );
}

/** What came of a request that was not answered. */
export function unanswered(registry: string, error: unknown): Error {
  if (error instanceof TscomposeError) return error;
  if (error instanceof TooLongError)
    return new RegistryError('failed', `the registry ${registry} gives too much: ${error.message}`, {
      registry,
    });
  const { code, message } = error as NodeJS.ErrnoException;
  const isUntrusted = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/.test(code ?? '');
  const hint = isUntrusted
    ? 'give its certificate in NODE_EXTRA_CA_CERTS, or allow it with --insecure-registry'
    : 'check the name of the registry and the network';
  return new RegistryError(
    'unreachable',
    `the registry ${registry} cannot be reached: ${plainWords(code, message)}`,
    {
      registry,
      hint,
      cause: error,
    },
  );
}

const codeWords: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens there',
  ENOTFOUND: 'there is no host of that name',
  EAI_AGAIN: 'its name cannot be looked up now',
  ECONNRESET: 'it breaks the connection off',
};

function plainWords(code: string | undefined, message: string): string {
  return codeWords[code ?? ''] ?? redactUrls(message);
}

/** The registry's own words, where it has any: `: manifest unknown`. */
function wordsOf(body: Uint8Array): string {
  try {
    const { errors } = JSON.parse(Buffer.from(body).toString('utf8')) as { errors?: { message?: unknown }[] };
    const message = errors?.[0]?.message;
    return typeof message === 'string' && message !== '' ? `: ${redactUrls(message).slice(0, 200)}` : '';
  } catch {
    return '';
  }
}
