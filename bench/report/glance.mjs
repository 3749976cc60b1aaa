// The table "At a glance" of docs/performance.md, out of the results.
import { names } from '../names.mjs';
import { judged } from './judge.mjs';
import { withUnit } from './numbers.mjs';

/** What the groups are about. */
export const headings = {
  start: 'Short commands',
  load: 'Loading: `config -q`',
  up: 'Up and down',
  build: 'Builds',
  contexts: 'Contexts of builds',
  logs: 'Logs',
  watch: 'Watch',
  loop: 'The control loop',
  frames: 'The tree in the terminal',
};

/**
 * @param {import('../goals.mjs').Row[]} rows
 * @param {Map<string, import('./results-files.mjs').GroupResults>} results by group
 * @returns {string} Markdown
 */
export function glance(rows, results) {
  const reasons = new Reasons();
  const groups = [...new Set(rows.map(({ group }) => group))];
  const lines = groups.flatMap((group) => [
    `| **${headings[group]}** | | | | | | |`,
    ...rows
      .filter((row) => row.group === group && isShown(row, results))
      .map((row) => lineOf(row, caseOf(row, results), reasons)),
  ]);
  reasons.check();
  return [
    '| what | tscompose | beside | ratio | goal | least possible | peak memory |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...lines,
    '',
    ...reasons.lines(),
    ...groups.map((group) => measuredOn(group, results.get(group))),
    '',
  ].join('\n');
}

/** What was not measured is missed only where there is a goal for it. */
function isShown(row, results) {
  return row.atMost !== undefined || judged(row, caseOf(row, results)).own !== undefined;
}

/** Throws when there is no such case: a row that shows nothing is a mistake. */
export function caseOf(row, results) {
  const found = results.get(row.group)?.cases.find(({ name }) => name === row.case);
  if (found === undefined) throw new Error(`there are no results of ${row.group}: ${row.case}`);
  return found;
}

function lineOf(row, found, reasons) {
  const { own, other, floor, value, isMet, whyNot } = judged(row, found);
  const name = row.label ?? row.case;
  const by = row.to ?? row.beyond;
  const cells = [
    isMet === false ? `${name} ${reasons.mark(whyNot, `${row.group}: ${name}`)}` : name,
    withUnit(own, row.measure),
    by === undefined ? '' : `${by}: ${withUnit(other, row.measure)}`,
    row.to === undefined ? '' : ratio(value),
    goalText(row, isMet),
    floor === undefined ? '' : least(row, floor, other),
    peaks(row, found),
  ];
  return `| ${cells.join(' | ')} |`;
}

function ratio(value) {
  return value === undefined ? '–' : value < 0.1 ? value.toPrecision(2) : value.toFixed(2);
}

/** What nobody can do faster, as the ratio that it would be. */
function least({ floor: who, measure }, floor, other) {
  const text = `${who}: ${withUnit(floor, measure)}`;
  return other === undefined ? text : `${text} (${ratio(floor / other)})`;
}

function goalText({ atMost, to, beyond, measure }, isMet) {
  if (atMost === undefined) return '';
  const limit = to === undefined ? withUnit(atMost, measure) : String(atMost);
  const words = beyond === undefined ? `≤ ${limit}` : `≤ ${limit} more`;
  return isMet === undefined ? words : `${words} ${isMet ? '✓' : '✗'}`;
}

function peaks({ measure, who, to }, { results }) {
  if (measure === 'peakRssMiB') return '';
  const peakOf = (name) => results.find((result) => result.who === name)?.measures.peakRssMiB?.max;
  const [own, other] = [peakOf(who), to === undefined ? undefined : peakOf(to)];
  if (own === undefined) return '';
  const both = [own, other].filter((value) => value !== undefined);
  return `${both.map(Math.round).join(' / ')} MiB`;
}

/** Rows that have the same reason share a number. */
class Reasons {
  #numbers = new Map();
  #missing = [];

  mark(reason, name) {
    if (reason === undefined) this.#missing.push(name);
    if (!this.#numbers.has(reason)) this.#numbers.set(reason, this.#numbers.size + 1);
    return `[${this.#numbers.get(reason)}]`;
  }

  /** Throws when there is a goal that is not met and nobody says why. */
  check() {
    if (this.#missing.length === 0) return;
    throw new Error(`say in bench/goals.mjs why these goals are not met:\n${this.#missing.join('\n')}`);
  }

  lines() {
    if (this.#numbers.size === 0) return [];
    const lines = [...this.#numbers].map(([reason, number]) => `- [${number}] ${reason}.`);
    return ['Why a goal is not met:', '', ...lines, ''];
  }
}

function measuredOn(group, { measuredAt, on, versions }) {
  const software = [
    `Node ${versions[names.node]}`,
    on.engine === undefined ? [] : `Docker ${on.engine}`,
    versions[names.dockerCompose] === undefined ? [] : `docker compose ${versions[names.dockerCompose]}`,
  ].flat();
  const hardware = `${on.cores} × ${on.cpu}, ${on.memoryGiB} GiB, load ${on.load} before`;
  return `- \`${group}\`: ${measuredAt.slice(0, 10)}, ${software.join(', ')}, ${hardware}`;
}
