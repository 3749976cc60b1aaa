import type { Challenge } from './challenge.js';
import { type ExchangeOptions, exchange, type HttpRequest } from './http-exchange.js';
import type { Credentials } from './registry-login.js';

const clientId = 'tscompose';

/** `Basic …` of a user name and password; undefined when they are not known. */
export function basicAuthorization({ username, password }: Credentials): string | undefined {
  if (username === undefined || password === undefined) return undefined;
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

/**
 * A token for one repository, from where the registry sends us: with the identity token or the password of this person,
 * or as anybody. undefined: it is not given. Source: distribution spec, token authentication.
 */
export async function fetchToken(
  challenge: Extract<Challenge, { kind: 'bearer' }>,
  scope: string,
  credentials: Credentials | undefined,
  options: ExchangeOptions,
): Promise<string | undefined> {
  if (credentials?.registrytoken !== undefined) return credentials.registrytoken;
  const request =
    credentials?.identitytoken === undefined
      ? questionByGet(challenge, scope, credentials)
      : questionByPost(challenge, scope, credentials.identitytoken);
  const { status, body } = await exchange(request, options);
  if (status !== 200) return undefined;
  const answer = parseAnswer(body);
  return answer.token ?? answer.access_token;
}

function questionByGet(
  { realm, service }: Extract<Challenge, { kind: 'bearer' }>,
  scope: string,
  credentials: Credentials | undefined,
): HttpRequest {
  const url = new URL(realm);
  if (service !== undefined) url.searchParams.set('service', service);
  for (const one of scope.split(' ')) url.searchParams.append('scope', one);
  const authorization = credentials === undefined ? undefined : basicAuthorization(credentials);
  return { method: 'GET', url, headers: authorization === undefined ? {} : { authorization } };
}

function questionByPost(
  { realm, service }: Extract<Challenge, { kind: 'bearer' }>,
  scope: string,
  refreshToken: string,
): HttpRequest {
  const form = new URLSearchParams({ grant_type: 'refresh_token', client_id: clientId, scope });
  form.set('refresh_token', refreshToken);
  if (service !== undefined) form.set('service', service);
  return {
    method: 'POST',
    url: realm,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: Buffer.from(form.toString()),
  };
}

function parseAnswer(body: Uint8Array): { token?: string; access_token?: string } {
  try {
    const answer: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    return typeof answer === 'object' && answer !== null ? answer : {};
  } catch {
    return {};
  }
}
