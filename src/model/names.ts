/** What joins the parts of a name: `_` is the form of Compose version 1 (`--compatibility`). */
export type NameSeparator = '-' | '_';

/** How a project names what it makes. */
export interface NamingProject {
  readonly name: string;
  readonly nameSeparator: NameSeparator;
}

/** `<project>-<service>-<number>`, or what `container_name` says. */
export function containerName(
  { name, nameSeparator }: NamingProject,
  service: { name: string; containerName?: string },
  number: number,
): string {
  return service.containerName ?? [name, service.name, number].join(nameSeparator);
}

/** The name that a replacement has until the old container is gone: docker compose's own form, so both finish each other's work. */
export function temporaryContainerName(oldId: string, finalName: string): string {
  return `${oldId.slice(0, 12)}_${finalName}`;
}

/** The final name behind a temporary one, or undefined when `name` is not temporary. */
export function finalNameOf(name: string): string | undefined {
  return /^[0-9a-f]{12}_(.+)$/.exec(name)?.[1];
}

export function defaultImageName({ name, nameSeparator }: NamingProject, service: string): string {
  return `${name}${nameSeparator}${service}`;
}

/** Lower case; whatever is not a letter, digit, `_` or `-` is dropped; no `_` or `-` in front. May be empty. */
export function normalizeProjectName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '');
}

export function isProjectName(name: string): boolean {
  return /^[a-z0-9][a-z0-9_-]*$/.test(name);
}

/**
 * What an instance adds to a name: `login` → `--login`, `login-form` → `--login--form`. Hyphens are doubled so that
 * where the addition ends can be told: with `--` nothing follows but more of it, while what Compose joins to a name
 * begins with one `-` or `_`. So no name of an instance is one of another instance: see load/instance/check-names.ts.
 */
export function instanceSuffix(instance: string): string {
  return `--${instance.replaceAll('-', '--')}`;
}

/** `app` → `app--login`. */
export function withInstance(name: string, instance: string): string {
  return `${name}${instanceSuffix(instance)}`;
}

/** `app--login` → `app`; a name that does not end so stays as it is. */
export function withoutInstance(name: string, instance: string): string {
  const suffix = instanceSuffix(instance);
  return name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
}
