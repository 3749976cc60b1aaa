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
