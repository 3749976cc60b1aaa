// What the tree in the terminal costs: a frame from what is known of a plan to the bytes for the terminal, and all of
// them in one `up` on the engine in memory, whose calls take as long as those of a real one.
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import picocolors from 'picocolors';
import { bundled } from '../bundled.mjs';
import { happenings, sameNumbers } from '../frames/random-events.mjs';
import { inTurn } from '../measure/process.mjs';
import { Tally } from '../measure/tally.mjs';
import { names } from '../names.mjs';

export const title = 'the tree of 200 services in the terminal';

const services = 200;
const sizes = [
  { columns: 40, rows: 10 },
  { columns: 80, rows: 24 },
  { columns: 200, rows: 50 },
  { columns: 200, rows: 1000 },
];
const callMs = 40;
const everyMs = 100;

export async function run({ workDir, roundsOf, say }) {
  const parts = await import(
    pathToFileURL(await bundled(join(import.meta.dirname, '../frames/parts.ts'), workDir)).href
  );
  const project = projectOfMany(parts);
  const plan = await parts.upPlan(project);
  const tally = new Tally();
  const ours = { who: names.ours };
  for (const size of sizes) {
    const name = `a frame at ${size.columns} × ${size.rows}`;
    say(name);
    for (const _ of framesAt(parts, plan, size));
    for (const measures of framesAt(parts, plan, size)) tally.add(name, ours, measures);
  }
  const rounds = roundsOf(5);
  say(`whole runs, ${rounds} rounds`);
  for (const { item: how, isMeasured } of inTurn(['drawn', 'not drawn'], rounds)) {
    const measures = await wholeRun(parts, project, how);
    if (isMeasured) tally.add('a whole up', { ...ours, how }, measures);
  }
  return tally.cases();
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
 * What each frame takes, one after each event of the plan: by the clock, and of the processor, which tells what a frame
 * takes on a machine that is busy with other things.
 */
function* framesAt({ Foot, LivePlan, viewOf, treeLines, unicodeGlyphs }, plan, size) {
  const style = { paint: picocolors.createColors(true), glyphs: unicodeGlyphs };
  const live = new LivePlan(plan, 0);
  const foot = new Foot({ size: () => size });
  for (const event of happenings(plan, sameNumbers(1))) {
    live.note(event);
    let writtenBytes = 0;
    const write = (text) => {
      writtenBytes += Buffer.byteLength(text);
    };
    const beganAt = performance.now();
    const before = process.cpuUsage();
    const nowMs = event.atMs * 5;
    foot.showTree((room) => treeLines(viewOf([live], nowMs), room, nowMs, style), write);
    const { user, system } = process.cpuUsage(before);
    yield { wallMs: performance.now() - beganAt, cpuMs: (user + system) / 1000, writtenBytes };
  }
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
  const cpuMs = (user + system) / 1000;
  return how === 'drawn'
    ? { wallMs, cpuMs, drawingMs: drawing.ms, frames: drawing.frames }
    : { wallMs, cpuMs };
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
