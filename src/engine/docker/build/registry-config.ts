import { headerValue } from '../../../registry/header-value.js';

/**
 * Value of `X-Registry-Config`: all credentials of this person by server, from the text of a `config.json`. Not for
 * anybody's eyes.
 */
export function registryConfigOf(configText: string): string {
  const { auths = {} } = JSON.parse(configText) as {
    auths?: Record<string, { auth?: string; identitytoken?: string }>;
  };
  const entries = Object.entries(auths).map(([server, { auth, identitytoken }]) => {
    const [username = '', ...rest] = Buffer.from(auth ?? '', 'base64')
      .toString('utf8')
      .split(':');
    const credentials =
      identitytoken === undefined ? { username, password: rest.join(':') } : { identitytoken };
    return [server, { ...credentials, serveraddress: server }] as const;
  });
  return headerValue(Object.fromEntries(entries));
}
