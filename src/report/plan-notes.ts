import { tooOldText } from '../model/engine-requirements.js';
import { imageLeftText } from '../model/image-left.js';
import type { FieldChange, PlanNote } from '../model/plan.js';
import { redactChange } from '../model/redact.js';
import type { Span } from '../model/span.js';
import type { ProgressLine } from './wording.js';

/** How to show a place in a file; usually relative to where the person stands. */
export type ShowSpan = (span: Span) => string;

export const wholePlace: ShowSpan = ({ file, line, column }) => `${file}:${line}:${column}`;

/** What stays as it is, where people want to hear of it. */
export function keptLine(note: PlanNote): ProgressLine | undefined {
  if (note.kind === 'image-left') {
    const id = `Image ${note.reference}`;
    return { id, status: 'Done', text: 'Skipped', details: imageLeftText(note.why) };
  }
  if (note.kind !== 'kept' || note.resource !== 'container') return undefined;
  return { id: `Container ${note.name}`, status: 'Done', text: 'Running' };
}

/** What `up` should tell the person about things that it leaves alone. */
export function noteWarning(note: PlanNote, showSpan: ShowSpan): string | undefined {
  switch (note.kind) {
    case 'orphans':
      return (
        `found orphan containers (${note.names.join(', ')}) for this project; if you removed or renamed this service ` +
        'in your Compose file, run this command with --remove-orphans to clean it up'
      );
    case 'adopted':
      return (
        `${note.names.join(', ')}: made from ${note.files}, and taken over; until --force-recreate makes them anew, ` +
        'every command needs --adopt'
      );
    case 'other-files':
      return (
        `${note.names.join(', ')}: made from ${note.files}, which shares nothing but the name of the project; these ` +
        'are no orphans and are left alone. Give one of the two a name of its own with -p NAME or "name:", or have both ' +
        'as one project with --adopt'
      );
    case 'service-differs': {
      const paths = note.changes.map(({ path }) => path);
      const count = `${paths.length} changed ${paths.length === 1 ? 'field' : 'fields'}`;
      return `${note.service}: ${count} (${paths.join(', ')}); run up to apply`;
    }
    case 'foreign-volume':
      return note.project === undefined
        ? `volume "${note.name}" already exists but was not created by tscompose${differing(note.changes)}; use "external: true" to say that this is meant`
        : `volume "${note.name}" already exists but was created for project "${note.project}"${differing(note.changes)}; use "external: true" to say that this is meant`;
    case 'needs-newer-engine': {
      const place = note.span === undefined ? '' : `${showSpan(note.span)}  `;
      return `${place}${note.key} ${tooOldText(note)}`;
    }
    case 'foreign-network':
      return (
        `network "${note.name}" already exists but was created for project "${note.project}"; ` +
        'use "external: true" to say that this is meant'
      );
    case 'volume-differs':
      return (
        `volume "${note.name}" differs from the Compose file (${changesText(note.changes)}) ` +
        'and is left as it is, since making it anew would destroy its data'
      );
    default:
      return undefined;
  }
}

function differing(changes: readonly FieldChange[]): string {
  return changes.length === 0 ? '' : ` and differs from the Compose file (${changesText(changes)})`;
}

function changesText(changes: readonly FieldChange[]): string {
  return changes
    .map((change) => {
      const { oldText, newText } = redactChange(change);
      return `${change.path}: ${oldText} → ${newText}`;
    })
    .join(', ');
}
