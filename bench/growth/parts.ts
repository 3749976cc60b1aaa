// What the group `growth` measures, bundled from the sources: the build has it inside of the program only.
export { applyPlan } from '../../src/apply/apply-plan.js';
export { observeAndPlan, planDownOf } from '../../src/compose.js';
export { MemoryEngine } from '../../src/engine/memory/memory-engine.js';
export { buildDependencyGraph } from '../../src/graph/dependency-graph.js';
export { loadProject } from '../../src/load/load-project.js';
export { drawProject } from '../../src/picture/draw.js';
export { defaultUpPolicy } from '../../src/plan/policy.js';
export { formatPlan } from '../../src/plan/text/format-plan.js';
export { loadRequest, memoryLoadIo } from '../../test/support/memory-load-io.js';
