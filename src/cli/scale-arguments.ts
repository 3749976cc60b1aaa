import { UsageError } from '../problems/errors.js';

/** `web=3 db=2` as numbers by service. Throws UsageError with docker compose's words. */
export function parseScale(args: readonly string[]): Map<string, number> {
  return new Map(
    args.map((arg): [string, number] => {
      const [service = '', number, ...rest] = arg.split('=');
      if (service === '' || number === undefined || rest.length > 0)
        throw new UsageError(`invalid scale specifier: ${arg}`, { hint: 'write SERVICE=NUMBER' });
      if (!/^\d+$/.test(number))
        throw new UsageError(`invalid scale specifier: can't parse replica value as int: ${arg}`, {
          hint: 'write SERVICE=NUMBER',
        });
      return [service, Number(number)];
    }),
  );
}
