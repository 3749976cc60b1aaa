/** How a registry wants to be asked, from its `WWW-Authenticate`. */
export type Challenge =
  | { readonly kind: 'basic' }
  | { readonly kind: 'bearer'; readonly realm: URL; readonly service?: string; readonly scope?: string };

/** Reads the header; undefined for what we cannot answer. */
export function parseChallenge(header: string | undefined): Challenge | undefined {
  const [, scheme = '', rest = ''] = /^\s*(\w+)\s*(.*)$/s.exec(header ?? '') ?? [];
  if (/^basic$/i.test(scheme)) return { kind: 'basic' };
  if (!/^bearer$/i.test(scheme)) return undefined;
  const parameters = new Map(
    [...rest.matchAll(/(\w+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g)].map(
      ([, name = '', quoted, bare]) => [name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? bare ?? ''],
    ),
  );
  const realm = parameters.get('realm') ?? '';
  if (!URL.canParse(realm)) return undefined;
  const [service, scope] = [parameters.get('service'), parameters.get('scope')];
  return {
    kind: 'bearer',
    realm: new URL(realm),
    ...(service === undefined ? {} : { service }),
    ...(scope === undefined ? {} : { scope }),
  };
}
