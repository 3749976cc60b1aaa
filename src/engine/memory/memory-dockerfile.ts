/** A line of a Dockerfile, with what continues it. */
export interface Instruction {
  /** `FROM`, in capitals. */
  readonly word: string;
  readonly text: string;
  /** Counts from 1. */
  readonly line: number;
}

/** One `FROM` and what follows it. */
export interface Stage {
  readonly name: string | undefined;
  readonly base: string;
  readonly instructions: readonly Instruction[];
}

/** As much of the language as the in-memory builder needs: comments, continued lines, stages, arguments. */
export function parseStages(text: string, args: ReadonlyMap<string, string>): Stage[] {
  const values = new Map(args);
  const stages: { name: string | undefined; base: string; instructions: Instruction[] }[] = [];
  for (const written of parseInstructions(text)) {
    const instruction = { ...written, text: expand(written.text, values) };
    if (instruction.word === 'ARG') defineArgument(instruction.text, values);
    if (instruction.word === 'FROM') {
      const [, base = '', name] = /^(?:--\S+\s+)*(\S+)(?:\s+as\s+(\S+))?/i.exec(instruction.text) ?? [];
      stages.push({ name: name?.toLowerCase(), base, instructions: [] });
    }
    stages.at(-1)?.instructions.push(instruction);
  }
  return stages;
}

export function parseInstructions(text: string): Instruction[] {
  const found: Instruction[] = [];
  let open: { text: string; line: number } | undefined;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (/^\s*(#|$)/.test(line)) continue;
    open = { text: `${open?.text ?? ''}${line.replace(/\\$/, '')}`, line: open?.line ?? index + 1 };
    if (line.endsWith('\\')) continue;
    const [, word = '', rest = ''] = /^\s*(\S+)\s*(.*?)\s*$/.exec(open.text) ?? [];
    found.push({ word: word.toUpperCase(), text: rest, line: open.line });
    open = undefined;
  }
  return found;
}

/** The stages that the last one, or the target, is made of, in the order of the file. */
export function stagesNeeded(stages: readonly Stage[], target: string | undefined): Stage[] | undefined {
  const isTarget = ({ name }: Stage, index: number) =>
    name === target?.toLowerCase() || String(index) === target;
  const last = target === undefined ? stages.at(-1) : stages.find(isTarget);
  if (last === undefined) return undefined;
  const needed = new Set<Stage>();
  const add = (stage: Stage) => {
    if (needed.has(stage)) return;
    needed.add(stage);
    for (const name of namesUsedBy(stage)) {
      const other = stages.find((each) => each.name === name.toLowerCase());
      if (other !== undefined && other !== stage) add(other);
    }
  };
  add(last);
  return stages.filter((stage) => needed.has(stage));
}

function namesUsedBy({ base, instructions }: Stage): string[] {
  return [base, ...instructions.flatMap(({ text }) => /--from=(\S+)/.exec(text)?.[1] ?? [])];
}

/** One that the caller gave wins over the default that is written here. */
function defineArgument(text: string, values: Map<string, string>): void {
  const [, name = '', value] = /^([^=\s]+)(?:=(.*))?$/.exec(text) ?? [];
  if (value !== undefined && !values.has(name)) values.set(name, value.replace(/^"(.*)"$/, '$1'));
}

function expand(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(/\$(?:\{(\w+)\}|(\w+))/g, (all, braced, bare) => values.get(braced ?? bare) ?? all);
}
