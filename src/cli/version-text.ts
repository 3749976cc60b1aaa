import { version } from '../version.js';

export type VersionFormat = 'pretty' | 'json' | 'short';

/** A line that says which version this is. */
export function versionText(format: VersionFormat): string {
  if (format === 'short') return `${version}\n`;
  return format === 'json' ? `${JSON.stringify({ version })}\n` : `tscompose version ${version}\n`;
}
