import type { ProjectEvent } from '../model/looks.js';
import { visibleText } from '../model/visible-text.js';

/** `2026-01-02 15:04:05.000000 container start <id> (image=busybox, name=app-web-1)`, in local time. */
export function eventText({ resource, action, id, attributes, atUs }: ProjectEvent): string {
  const details = [...attributes].map(([key, value]) => `${key}=${value}`).join(', ');
  return visibleText(`${localTime(atUs)} ${resource} ${action.trim()} ${id} (${details})`);
}

/** As `events --json` of docker compose; times in UTC. */
export function eventJson({ resource, action, id, service, attributes, atUs }: ProjectEvent): string {
  const seconds = new Date(Math.floor(atUs / 1000)).toISOString().slice(0, 19);
  return JSON.stringify({
    action: action.trim(),
    attributes: Object.fromEntries(attributes),
    id,
    service,
    time: `${seconds}.${microseconds(atUs)}Z`,
    type: resource,
  });
}

function localTime(atUs: number): string {
  const date = new Date(Math.floor(atUs / 1000));
  const two = (number: number) => String(number).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  return `${day} ${time}.${microseconds(atUs)}`;
}

function microseconds(atUs: number): string {
  return String(atUs % 1e6).padStart(6, '0');
}
