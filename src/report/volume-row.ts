import type { VolumeFacts } from '../model/looks.js';
import { labelsText } from './container-row.js';
import type { Row, RowKind } from './row-format.js';

/** What only a swarm or a look at all containers tells. */
const notKnown = 'N/A';

export const volumeRows: RowKind = {
  titles: {
    Availability: 'AVAILABILITY',
    Driver: 'DRIVER',
    Group: 'GROUP',
    Labels: 'LABELS',
    Links: 'LINKS',
    Mountpoint: 'MOUNTPOINT',
    Name: 'VOLUME NAME',
    Scope: 'SCOPE',
    Size: 'SIZE',
    Status: 'STATUS',
  },
  columns: ['Driver', 'Name'],
  json: 'lines',
};

/** A volume with the fields that `docker volume ls --format` has. */
export function volumeRow({ name, driver, mountpoint, labels, scope }: VolumeFacts): Row {
  return {
    Availability: notKnown,
    Driver: driver,
    Group: notKnown,
    Labels: labelsText(labels),
    Links: notKnown,
    Mountpoint: mountpoint,
    Name: name,
    Scope: scope,
    Size: notKnown,
    Status: notKnown,
    Label: (key: unknown) => labels.get(String(key)) ?? '',
  };
}
