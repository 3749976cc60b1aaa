// The way of one project of so many services, from its text until it is gone again, on the engine in memory: what each
// phase takes, as JSON. A process of its own, as a command is: what V8 has learnt is not carried from size to size.
import { generateProject } from '../projects/generate-project.mjs';

const [partsFile, services] = process.argv.slice(2);
const parts = await import(partsFile);
const phases = {};

const io = parts.memoryLoadIo({ files: { 'compose.yaml': generateProject(Number(services)) } });
const { project } = await phase('load', () => parts.loadProject(parts.loadRequest(), io));
const images = new Set([...project.services.values()].map(({ image }) => image));
const engine = new parts.MemoryEngine({ images, program: () => ({ health: 'healthy' }) });
const session = { engine, clock: { nowMs: () => Date.now() }, emit: () => {} };
const policy = parts.defaultUpPolicy;
const everything = { services: [], orphans: 'remove', volumes: 'remove', images: 'keep' };

await phase('graph', () => parts.buildDependencyGraph(project.services));
await phase('picture', () => parts.drawProject(project, 'text'));
const coming = await phase('plan of the first up', () => parts.observeAndPlan(project, policy, session));
await phase('text of the plan', () => parts.formatPlan(coming, () => ''));
await phase('apply', () => parts.applyPlan(coming, engine, session));
await phase('plan of the second up', () => parts.observeAndPlan(project, policy, session));
const going = await phase('plan of down', () => parts.planDownOf(project, everything, session));
await phase('apply of down', () => parts.applyPlan(going, engine, session));
process.stdout.write(JSON.stringify(phases));

async function phase(name, act) {
  const before = process.cpuUsage();
  const beganAt = performance.now();
  const result = await act();
  const wallMs = performance.now() - beganAt;
  const { user, system } = process.cpuUsage(before);
  const cpuMs = (user + system) / 1000;
  const peakRssMiB = process.resourceUsage().maxRSS / 1024;
  phases[name] = { wallMs, cpuMs, cpuPerServiceMs: cpuMs / services, peakRssMiB };
  return result;
}
