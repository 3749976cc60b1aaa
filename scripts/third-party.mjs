// The notices of the packages that are bundled into dist/: their licences ask for it.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Writes `THIRD-PARTY.txt` for the packages that the metafile of esbuild lists as inputs, and what else is to be said.
 */
export function writeNotices(metafile, root, file, others = []) {
  const inputs = Object.keys(metafile.inputs).flatMap(
    (path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? [],
  );
  const notices = [...new Set(inputs)].sort().map((name) => noticeOf(join(root, 'node_modules', name)));
  writeFileSync(file, `tscompose contains these packages:\n\n${[...notices, ...others].join('\n\n')}\n`);
}

function noticeOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const licence = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
  const text =
    licence !== undefined && existsSync(join(folder, licence))
      ? readFileSync(join(folder, licence), 'utf8')
      : '';
  return `== ${name} ${version} (${license})\n\n${text.trim()}`;
}
