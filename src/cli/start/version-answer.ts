import { type VersionFormat, versionText } from '../version-text.js';

/** The spellings that scripts and editors use; all others go the way of any command. */
const formats: ReadonlyMap<string, VersionFormat> = new Map([
  ['-v', 'pretty'],
  ['--version', 'pretty'],
  ['version', 'pretty'],
  ['version --short', 'short'],
  ['version -f json', 'json'],
  ['version --format json', 'json'],
  ['version --format=json', 'json'],
]);

/** What a question for the version is answered with; undefined: the command line asks for something else. */
export function versionAnswer(argv: readonly string[]): string | undefined {
  const format = formats.get(argv.join(' '));
  return format === undefined ? undefined : versionText(format);
}
