import { canonicalImageName } from '../../model/image-name.js';
import type { NamingProject } from '../../model/names.js';
import type { ProblemList } from '../problem-list.js';
import { child, entriesOf, type MapNode, stringOf, type TreeNode } from '../tree-node.js';
import { builtImages } from './built-images.js';
import { isExternal } from './isolate-names.js';

/** Names of one kind of thing that the model has without any instance. */
interface Names {
  readonly what: string;
  /** All of them, or how they begin, and where they come from. */
  readonly all: readonly Named[];
  /** Those that an instance adds something to at their end. */
  readonly own: readonly string[];
  /** How those begin that are made of the project's name. */
  readonly project: string;
}

interface Named {
  readonly name: string;
  readonly node: TreeNode;
}

/**
 * No name of an instance may be one that another instance or the project itself has. What an instance adds begins with
 * `--`, so that is so unless a file has a name that begins with another of its names and `--`: then an instance may be
 * called just like the rest. Such a file has no instances.
 */
export function checkNames(model: MapNode, project: NamingProject, problems: ProblemList): void {
  for (const names of [containerNames(model, project), imageNames(model, project)]) check(names, problems);
  for (const section of ['networks', 'volumes'] as const)
    check(resourceNames(model, section, project), problems);
}

function check({ what, all, own, project }: Names, problems: ProblemList): void {
  for (const { name, node } of all) {
    const mistaken = [...own, project].find((each) => name.startsWith(`${each}--`));
    if (mistaken === undefined) continue;
    problems.error(
      'instance/invalid',
      `an instance may have a ${what} that is called "${name}" too: it begins with "${mistaken}--", as all names of instances do`,
      { place: node.place, hint: 'rename it, with one hyphen' },
    );
  }
}

function containerNames(model: MapNode, { name, nameSeparator }: NamingProject): Names {
  const services = [...entriesOf(child(model, 'services'))];
  const fixed = services.flatMap(([, { value }]) => {
    const node = child(value, 'container_name');
    const text = stringOf(node);
    return node === undefined || text === undefined ? [] : [{ name: text, node }];
  });
  const numbered = services.map(([service, { value }]) => ({
    name: `${name}${nameSeparator}${service}`,
    node: value,
  }));
  return {
    what: 'container',
    all: [...fixed, ...numbered],
    own: fixed.map((each) => each.name),
    project: name,
  };
}

function imageNames(model: MapNode, { name, nameSeparator }: NamingProject): Names {
  const services = [...entriesOf(child(model, 'services'))];
  const own = [...builtImages(model)].map(([reference]) => canonicalImageName(reference));
  const used = services.map(([service, { value }]) => {
    const node = child(value, 'image') ?? value;
    return { name: canonicalImageName(stringOf(node) ?? `${name}${nameSeparator}${service}`), node };
  });
  const built = [...builtImages(model)].map(([reference, node]) => ({
    name: canonicalImageName(reference),
    node,
  }));
  const project = canonicalImageName(name).replace(/:latest$/, '');
  return { what: 'image', all: [...used, ...built], own, project };
}

function resourceNames(model: MapNode, section: 'networks' | 'volumes', { name }: NamingProject): Names {
  const resources = [...entriesOf(child(model, section))].map(([key, { value }]) => ({
    name: stringOf(child(value, 'name')) ?? (isExternal(value) ? key : `${name}_${key}`),
    node: value,
    isOwn: !isExternal(value) && child(value, 'name') !== undefined,
  }));
  const own = resources.filter(({ isOwn }) => isOwn).map((each) => each.name);
  return { what: section.slice(0, -1), all: resources, own, project: name };
}
