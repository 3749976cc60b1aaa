import { ownLabel } from '../model/labels.js';
import type { Project } from '../model/project.js';
import { formatMark, type TestMark } from './test-mark.js';

/** The project with the mark of tests on all that is made for it. */
export function testModel(model: Project, mark: TestMark): Project {
  const text = formatMark(mark);
  return {
    ...model,
    services: labelled(model.services, text),
    inactiveServices: labelled(model.inactiveServices, text),
    networks: labelled(model.networks, text),
    volumes: labelled(model.volumes, text),
  };
}

function labelled<T extends { readonly labels: ReadonlyMap<string, string> }>(
  things: ReadonlyMap<string, T>,
  mark: string,
): Map<string, T> {
  return new Map(
    [...things].map(([key, thing]) => [
      key,
      { ...thing, labels: new Map(thing.labels).set(ownLabel.test, mark) },
    ]),
  );
}
