import type { ContainerUsage, UsageOfContainer } from '../model/looks.js';
import type { Row, RowKind } from './row-format.js';
import { binarySize, decimalSize } from './size-words.js';

const idLength = 12;

export const usageRows: RowKind = {
  titles: {
    BlockIO: 'BLOCK I/O',
    CPUPerc: 'CPU %',
    Container: 'CONTAINER',
    ID: 'CONTAINER ID',
    MemPerc: 'MEM %',
    MemUsage: 'MEM USAGE / LIMIT',
    Name: 'NAME',
    NetIO: 'NET I/O',
    PIDs: 'PIDS',
  },
  columns: ['ID', 'Name', 'CPUPerc', 'MemUsage', 'MemPerc', 'NetIO', 'BlockIO', 'PIDs'],
  json: 'lines',
};

/** What a container uses with the fields that `docker stats --format` has; `--` for what is not known yet. */
export function usageRow({ id, name, usage }: UsageOfContainer, length: 'short' | 'full'): Row {
  return {
    ...figures(usage),
    Container: id,
    ID: length === 'short' ? id.slice(0, idLength) : id,
    Name: name,
  };
}

function figures(usage: ContainerUsage | undefined): Row {
  if (usage === undefined) {
    const pair = '-- / --';
    return { BlockIO: pair, CPUPerc: '--', MemPerc: '--', MemUsage: pair, NetIO: pair, PIDs: '--' };
  }
  const { memoryBytes, memoryLimitBytes } = usage;
  return {
    BlockIO: `${decimalSize(usage.blockReadBytes)} / ${decimalSize(usage.blockWrittenBytes)}`,
    CPUPerc: percent(usage.cpuPercent),
    MemPerc: percent(memoryLimitBytes === 0 ? 0 : (memoryBytes / memoryLimitBytes) * 100),
    MemUsage: `${binarySize(memoryBytes)} / ${binarySize(memoryLimitBytes)}`,
    NetIO: `${decimalSize(usage.networkReceivedBytes)} / ${decimalSize(usage.networkSentBytes)}`,
    PIDs: String(usage.processCount),
  };
}

function percent(value: number): string {
  return `${value.toFixed(2)}%`;
}
