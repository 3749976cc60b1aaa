import { tooOldText } from '../../model/engine-requirements.js';
import type { Finding } from '../../model/finding.js';
import { given } from '../../model/given.js';
import type { EngineVersion } from '../../model/observed.js';
import type { Project } from '../../model/project.js';
import { checkEngine } from './check-engine.js';

/** Keys of the files that this engine is too old for, or the wrong one: refused by `up`, or without effect. */
export function gateFindings(project: Project, engine: EngineVersion): Finding[] {
  const used = { services: [...project.services.keys()], networks: [...project.networks.keys()] };
  const { problems, notes } = checkEngine(project, used, engine);
  const refused = problems.map(
    ({ message, hint, span }): Finding => ({
      topic: 'project',
      check: 'engine-keys',
      state: 'problem',
      text: message,
      ...given({ advice: hint, span }),
    }),
  );
  const without = notes.flatMap((note): Finding[] =>
    note.kind === 'needs-newer-engine'
      ? [
          {
            topic: 'project',
            check: 'engine-keys',
            state: 'warning',
            text: `${note.key} ${tooOldText(note)}`,
            ...given({ span: note.span }),
          },
        ]
      : [],
  );
  return [...refused, ...without];
}
