import type { ImageOfContainer } from '../model/looks.js';
import { durationWords } from './duration-words.js';
import type { Row, RowKind } from './row-format.js';
import { decimalSize } from './size-words.js';

const idLength = 12;
const none = '<none>';

export const imageRows: RowKind = {
  titles: {
    ContainerName: 'CONTAINER',
    Repository: 'REPOSITORY',
    Tag: 'TAG',
    Platform: 'PLATFORM',
    ID: 'IMAGE ID',
    Size: 'SIZE',
    Created: 'CREATED',
    LastTagTime: 'LAST TAGGED',
  },
  columns: ['ContainerName', 'Repository', 'Tag', 'Platform', 'ID', 'Size', 'Created'],
  json: 'list',
};

/** The image of a container as tables and templates show it. */
export function imageRow(image: ImageOfContainer, nowMs: number): Row {
  const { facts } = image;
  const ago = (ms: number | undefined) => (ms === undefined ? 'N/A' : `${durationWords(nowMs - ms)} ago`);
  return {
    ContainerName: image.container,
    Repository: image.repository ?? none,
    Tag: image.tag ?? none,
    Platform: facts?.platform ?? none,
    ID: image.imageId.replace('sha256:', '').slice(0, idLength),
    Size: facts === undefined ? 'N/A' : decimalSize(facts.sizeBytes),
    Created: ago(facts?.createdAtMs),
    LastTagTime: ago(facts?.taggedAtMs),
  };
}

/** As `images --format json` of docker compose: whole ids, sizes in bytes, times in RFC 3339. */
export function imageJson({ container, imageId, repository, tag, facts }: ImageOfContainer): Row {
  const time = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());
  return {
    ID: imageId,
    ContainerName: container,
    Repository: repository ?? '',
    Tag: tag ?? '',
    Platform: facts?.platform ?? '',
    Size: facts?.sizeBytes ?? 0,
    Created: time(facts?.createdAtMs),
    LastTagTime: time(facts?.taggedAtMs),
  };
}
