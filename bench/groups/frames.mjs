// What the tree in the terminal costs: a frame from what is known of a plan to the bytes for the terminal, and all of
// them in one `up` on the engine in memory, whose calls take as long as those of a real one.
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import picocolors from 'picocolors';
import { happenings, sameNumbers } from '../frames/random-events.mjs';
import { median, shortNumber, table } from '../harness.mjs';

export const title = 'frames: the tree of 200 services in the terminal';

const services = 200;
const sizes = [
  { columns: 40, rows: 10 },
  { columns: 80, rows: 24 },
  { columns: 200, rows: 50 },
  { columns: 200, rows: 1000 },
];
const rounds = 5;
const callMs = 40;
const everyMs = 100;

/** @param {{workDir: string, say(line: string): void}} context */
export async function run({ workDir, say }) {
  const parts = await bundled(workDir);
  const project = projectOfMany(parts);
  const plan = await parts.upPlan(project);
  const cases = sizes.map((size) => {
    say(`  frames at ${size.columns} × ${size.rows}`);
    framesAt(parts, plan, size);
    return { what: `${size.columns} × ${size.rows}`, ...spreadOf(framesAt(parts, plan, size)) };
  });
  say(`  whole runs, ${rounds} rounds`);
  return [...cases, await wholeRuns(parts, project)];
}

async function bundled(workDir) {
  const outfile = join(workDir, 'frames.mjs');
  const entry = join(import.meta.dirname, '../frames/parts.ts');
  // Packages in CommonJS form require modules of Node.
  const js =
    "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);";
  const options = { bundle: true, platform: 'node', format: 'esm', target: 'node20.19', banner: { js } };
  await build({ ...options, entryPoints: [entry], outfile, logLevel: 'warning' });
  return import(pathToFileURL(outfile));
}

/** Each service but every tenth waits for the one before it, and every twentieth has three replicas. */
function projectOfMany({ projectOf, needs }) {
  const wishes = Array.from({ length: services }, (_, at) => {
    const dependsOn = at % 10 === 0 ? new Map() : new Map([[`app-${at - 1}`, needs()]]);
    return [`app-${at}`, { dependsOn, replicas: at % 20 === 0 ? 3 : 1 }];
  });
  return projectOf({ name: 'bench', services: Object.fromEntries(wishes) });
}

/**
 * Milliseconds of each frame, one after each event of the plan, and bytes of them all: by the clock, and of the processor,
 * which tells what a frame takes on a machine that is busy with other things.
 */
function framesAt({ Foot, LivePlan, viewOf, treeLines, unicodeGlyphs }, plan, size) {
  const style = { paint: picocolors.createColors(true), glyphs: unicodeGlyphs };
  const live = new LivePlan(plan, 0);
  const foot = new Foot({ size: () => size });
  let bytes = 0;
  const write = (text) => {
    bytes += Buffer.byteLength(text);
  };
  const frames = [];
  for (const event of happenings(plan, sameNumbers(1))) {
    live.note(event);
    const beganAt = performance.now();
    const before = process.cpuUsage();
    const nowMs = event.atMs * 5;
    foot.showTree((room) => treeLines(viewOf([live], nowMs), room, nowMs, style), write);
    const { user, system } = process.cpuUsage(before);
    frames.push({ wallMs: performance.now() - beganAt, cpuMs: (user + system) / 1000 });
  }
  return { frames, bytes };
}

function spreadOf({ frames, bytes }) {
  const [wallMs, cpuMs] = ['wallMs', 'cpuMs'].map((what) => quantiles(frames.map((frame) => frame[what])));
  return { frames: frames.length, wallMs, cpuMs, bytesPerFrame: Math.round(bytes / frames.length) };
}

function quantiles(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: median(values), p95: sorted[Math.floor(sorted.length * 0.95)], max: sorted.at(-1) };
}

/** Processor time of a run with the tree, of one that shows nothing, and of drawing alone. */
async function wholeRuns(parts, project) {
  const runs = { drawn: [], silent: [] };
  for (let round = -1; round < rounds; round++) {
    for (const how of ['drawn', 'silent']) {
      const measured = await wholeRun(parts, project, how);
      if (round >= 0) runs[how].push(measured);
    }
  }
  const of = (how, what) => median(runs[how].map((one) => one[what]));
  return {
    what: 'whole run',
    frames: of('drawn', 'frames'),
    ...{
      runMs: of('drawn', 'wallMs'),
      drawnCpuMs: of('drawn', 'cpuMs'),
      silentCpuMs: of('silent', 'cpuMs'),
    },
    drawingMs: of('drawn', 'drawingMs'),
    drawingShare: of('drawn', 'drawingMs') / of('drawn', 'wallMs'),
  };
}

async function wholeRun(parts, project, how) {
  const { up, MemoryEngine, defaultUpPolicy } = parts;
  const engine = slowed(new MemoryEngine({ images: ['busybox'] }));
  const clock = { nowMs: () => Date.now() };
  const drawing = { ms: 0, frames: 0 };
  const reporter = how === 'drawn' ? reporterOf(parts, clock, drawing) : { report: () => {} };
  const before = process.cpuUsage();
  const beganAt = performance.now();
  await up(project, defaultUpPolicy, { engine, clock, emit: (event) => reporter.report(event) });
  const { user, system } = process.cpuUsage(before);
  const wallMs = performance.now() - beganAt;
  return { wallMs, cpuMs: (user + system) / 1000, drawingMs: drawing.ms, frames: drawing.frames };
}

function reporterOf({ Foot, liveReporter, plainReporter, treeLines, unicodeGlyphs }, clock, drawing) {
  const paint = picocolors.createColors(true);
  const size = { columns: 200, rows: 50 };
  const timed = (act) => {
    const beganAt = performance.now();
    act();
    drawing.ms += performance.now() - beganAt;
    drawing.frames += 1;
  };
  const foot = new Foot({ size: () => size });
  return liveReporter((write) => plainReporter(write, paint), {
    foot,
    write: () => {},
    print: (text) => foot.above(text, () => {}),
    clock,
    every(_pauseMs, tick) {
      const timer = setInterval(() => timed(tick), everyMs);
      return () => clearInterval(timer);
    },
    style: { paint, glyphs: unicodeGlyphs },
    loadTree: async () => treeLines,
  });
}

/** The engine, with calls that take as long as those of a real one. */
function slowed(engine) {
  return new Proxy(engine, {
    get(target, property) {
      const member = Reflect.get(target, property, target);
      if (typeof member !== 'function') return member;
      if (!/^(create|start)/.test(String(property))) return member.bind(target);
      return async (...args) => {
        await rest(callMs);
        return member.apply(target, args);
      };
    },
  });
}

export function format(cases) {
  const frames = cases.filter(({ bytesPerFrame }) => bytesPerFrame !== undefined);
  const [whole] = cases.filter(({ runMs }) => runMs !== undefined);
  const ms = ({ median, p95, max }) => [median, p95, max].map((value) => value.toFixed(2));
  const rows = frames.map(({ what, frames: count, wallMs, cpuMs, bytesPerFrame }) => [
    ...[what, String(count), ...ms(wallMs), ...ms(cpuMs), String(bytesPerFrame)],
  ]);
  const share = (whole.drawingShare * 100).toFixed(2);
  const titles = ['median ms', 'p95', 'max', 'of the processor', 'p95', 'max', 'bytes'];
  return [
    table([['terminal', 'frames', ...titles], ...rows]),
    '',
    `up of ${services} services in ${shortNumber(whole.runMs)} ms: ${whole.frames} frames, ${shortNumber(whole.drawingMs)} ms of drawing (${share} % of the time);`,
    `processor time ${shortNumber(whole.drawnCpuMs)} ms, and ${shortNumber(whole.silentCpuMs)} ms where nothing is shown`,
  ].join('\n');
}
