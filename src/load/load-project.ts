import type { LoadIo, LoadRequest } from './load-io.js';
import { loadModel } from './load-model.js';
import type { LoadResult } from './load-result.js';
import { ProblemList } from './problem-list.js';
import { toProject } from './project/to-project.js';
import { readSecurityProfiles } from './read-security-profiles.js';

/**
 * Loads a project: finds the files, reads, interpolates, merges and checks them, and says what they mean. Never
 * throws for bad input: every problem is a diagnostic with its place, and all that can be found in one run are
 * reported together.
 */
export async function loadProject(request: LoadRequest, io: LoadIo): Promise<LoadResult> {
  const result = await loadModel(request, io);
  if (!result.ok) return result;
  const { model, texts } = result;
  if (model.bound === undefined) return { ok: false, diagnostics: [], texts };
  const problems = new ProblemList();
  const services = await readSecurityProfiles(model.bound.services, model, io, problems);
  const late = problems.sorted();
  if (problems.hasErrors) return { ok: false, diagnostics: [...result.warnings, ...late], texts };
  const project = await toProject(model, { ...model.bound, services }, io);
  return { ok: true, project, warnings: [...result.warnings, ...late], texts };
}
