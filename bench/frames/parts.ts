// What the group `frames` measures, bundled from the sources: the build has it inside of the program only.
export { up } from '../../src/compose.js';
export { MemoryEngine } from '../../src/engine/memory/memory-engine.js';
export { defaultUpPolicy } from '../../src/plan/policy.js';
export { Foot } from '../../src/report/live/foot.js';
export { unicodeGlyphs } from '../../src/report/live/glyphs.js';
export { LivePlan } from '../../src/report/live/live-plan.js';
export { liveReporter } from '../../src/report/live/live-reporter.js';
export { viewOf } from '../../src/report/live/live-rows.js';
export { treeLines } from '../../src/report/live/tree-lines.js';
export { plainReporter } from '../../src/report/reporter.js';
export { upPlan } from '../../test/support/live-run.js';
export { needs, projectOf } from '../../test/support/project-builder.js';
