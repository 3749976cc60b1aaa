import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * Removes declarations that nobody can get to from the entry points: most of what the compiler writes is about our
 * insides. Throws when one that stays needs a package: the package must be able to stand alone.
 * @param {string} root the checkout
 * @param {readonly string[]} entries as in the package's `exports`: `./dist/types/index.d.ts`
 */
export function keepReachableTypes(root, entries) {
  const folder = join(root, 'dist/types');
  const reachable = new Set();
  const toRead = entries.map((entry) => join(root, entry));
  for (let file = toRead.pop(); file !== undefined; file = toRead.pop()) {
    if (reachable.has(file)) continue;
    reachable.add(file);
    for (const specifier of importsOf(file)) {
      if (specifier.startsWith('.')) toRead.push(resolve(dirname(file), specifier.replace(/\.js$/, '.d.ts')));
      else if (!specifier.startsWith('node:')) throw new Error(`${file} needs the types of ${specifier}`);
    }
  }
  for (const name of readdirSync(folder, { recursive: true })) {
    const file = join(folder, name);
    if (name.endsWith('.d.ts') && !reachable.has(file)) rmSync(file);
  }
}

function importsOf(file) {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/\bfrom '([^'\n]+)'|\bimport\('([^'\n]+)'\)|^import '([^'\n]+)'/gm)].map(
    ([, from, call, bare]) => from ?? call ?? bare,
  );
}
