import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type GoldenPlan, goldenPlanText } from '../support/golden-plan.js';

// The name of a file is a rule. Its sections: `before` is applied first, `happens` goes on behind our back, then `up`
// (or what `flags` say) is planned with `now`. Of several `now` each must give the plan below the line of equals
// signs. `@ name` begins another file beside the Compose file; `other` is somebody else's file; `engine` is a version of
// the API. UPDATE_GOLDEN=1 writes what is planned now: review the difference like code.
const folder = join(import.meta.dirname, 'plan');
const isUpdate = process.env.UPDATE_GOLDEN === '1';

function parseGolden(input: string): GoldenPlan {
  const sections = input
    .split(/^--- /m)
    .slice(1)
    .map((text) => {
      const end = text.indexOf('\n');
      return { name: text.slice(0, end), body: text.slice(end + 1) };
    });
  const bodies = (name: string) =>
    sections.filter((section) => section.name === name).map(({ body }) => body);
  const words = (name: string, separator: RegExp) =>
    bodies(name)
      .flatMap((body) => body.split(separator))
      .filter((word) => word !== '');
  return {
    before: bodies('before')[0],
    happens: words('happens', /\n/),
    other: bodies('other')[0],
    engine: words('engine', /\s+/)[0],
    now: bodies('now'),
    flags: words('flags', /\s+/),
  };
}

for (const file of readdirSync(folder)) {
  test(file.replace('.txt', '').replaceAll('-', ' '), async () => {
    const path = join(folder, file);
    const [input = '', expected = ''] = readFileSync(path, 'utf8').split(/^=====\n/m);
    const golden = parseGolden(input);
    const spellings = golden.now.length === 0 ? [undefined] : golden.now;
    const texts = await Promise.all(spellings.map((now) => goldenPlanText(golden, now)));
    if (isUpdate) writeFileSync(path, `${input}=====\n${texts[0]}\n`);
    else expect(texts).toEqual(spellings.map(() => expected.trimEnd()));
  });
}
