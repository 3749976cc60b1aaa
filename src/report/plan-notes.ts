import type { PlanNote } from '../model/plan.js';

/** What `up` should tell the person about things that it leaves alone. */
export function noteWarning(note: PlanNote): string | undefined {
  switch (note.kind) {
    case 'orphans':
      return (
        `found orphan containers (${note.names.join(', ')}) for this project; if you removed or renamed this service ` +
        'in your Compose file, run this command with --remove-orphans to clean it up'
      );
    case 'service-differs': {
      const paths = note.changes.map(({ path }) => path);
      const count = `${paths.length} changed ${paths.length === 1 ? 'field' : 'fields'}`;
      return `${note.service}: ${count} (${paths.join(', ')}); run up to apply`;
    }
    case 'foreign-volume':
      return note.project === undefined
        ? `volume "${note.name}" already exists but was not created by tscompose; use "external: true" to say that this is meant`
        : `volume "${note.name}" already exists but was created for project "${note.project}"; use "external: true" to say that this is meant`;
    case 'volume-differs':
      return (
        `volume "${note.name}" differs from the Compose file (${note.changes.map((change) => change.path).join(', ')}) ` +
        'and is left as it is, since making it anew would destroy its data'
      );
    default:
      return undefined;
  }
}
