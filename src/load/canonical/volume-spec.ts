/** One entry of the long syntax, as a short volume spec means it. */
export interface ParsedVolume {
  readonly type: 'bind' | 'volume';
  readonly source?: string;
  readonly target: string;
  readonly isReadOnly: boolean;
  readonly nocopy: boolean;
  /** Whether the long form has an object for options of its type, though it may be empty. */
  readonly hasOptions: boolean;
  readonly propagation?: string;
  readonly selinux?: string;
}

export type VolumeSpecResult =
  | { readonly ok: true; readonly volume: ParsedVolume }
  | { readonly ok: false; readonly message: string };

/** `[SOURCE:]TARGET[:OPTIONS]`. A colon after a single letter belongs to a Windows drive. */
export function parseVolumeSpec(spec: string): VolumeSpecResult {
  if (spec === '') return { ok: false, message: 'a volume is an empty text' };
  if (spec.length <= 2) {
    return { ok: true, volume: anonymous(spec, 'without') };
  }
  const sections = splitSections(spec);
  if (sections.includes('')) return { ok: false, message: `"${spec}" has an empty section between colons` };
  if (sections.length > 3) return { ok: false, message: `"${spec}" has too many colons` };
  const [first = '', target, options = ''] = sections;
  if (target === undefined) {
    return { ok: true, volume: anonymous(first, 'with') };
  }
  const type = isHostPath(first) ? 'bind' : 'volume';
  return { ok: true, volume: { type, source: first, target, hasOptions: true, ...parseOptions(options) } };
}

function anonymous(target: string, options: 'with' | 'without'): ParsedVolume {
  return { type: 'volume', target, isReadOnly: false, nocopy: false, hasOptions: options === 'with' };
}

function splitSections(spec: string): string[] {
  const sections: string[] = [];
  let start = 0;
  for (let at = 0; at < spec.length; at++) {
    if (spec[at] !== ':') continue;
    const isDrive = at - start === 1 && /[A-Za-z]/.test(spec[start] ?? '');
    if (isDrive) continue;
    sections.push(spec.slice(start, at));
    start = at + 1;
  }
  sections.push(spec.slice(start));
  return sections;
}

/** Whether a source is a path of the host and not the name of a volume. */
export function isHostPath(source: string): boolean {
  return /^(?:[./~]|\\\\|[A-Za-z]:)/.test(source);
}

const propagations = new Set(['private', 'rprivate', 'shared', 'rshared', 'slave', 'rslave']);

/** Unknown options are left out, as docker compose does. */
function parseOptions(text: string): Pick<ParsedVolume, 'isReadOnly' | 'nocopy' | 'propagation' | 'selinux'> {
  const options = text.split(',');
  const propagation = options.findLast((option) => propagations.has(option));
  const selinux = options.findLast((option) => option === 'z' || option === 'Z');
  return {
    isReadOnly: options.findLast((option) => option === 'ro' || option === 'rw') === 'ro',
    nocopy: options.includes('nocopy'),
    ...(propagation === undefined ? {} : { propagation }),
    ...(selinux === undefined ? {} : { selinux }),
  };
}
