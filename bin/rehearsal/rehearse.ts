import { setTimeout as sleep } from 'node:timers/promises';
import { runAlarms } from '../../local/services/cloudwatch/alarms/alarm-run';
import type { Alarms } from '../../local/services/cloudwatch/alarms/from-template';
import { FAULTS } from './faults';
import { readMetrics } from './look';
import type { Running } from './running';
import { simulatedMetrics, SIMULATED_START, simulatedTime } from './simulated-time';
import { createTenants, runTraffic } from './traffic';

/** Quiet minutes of the simulated clock before the fault. */
const QUIET_MINUTES = 20;

/** Sends traffic, injects the fault, and prints the notifications of alarms until the process ends. */
export async function rehearse(run: Running, alarms: Alarms): Promise<void> {
  const { session, number, secondsPerMinute } = run;
  const fault = FAULTS[number - 1];
  if (!fault) return;
  const control = async (operation: string): Promise<void> => {
    const [method, path] = operation.split(' ');
    const response = await fetch(`${session.controlUrl}/${path}`, { method });
    if (!response.ok) throw new Error(`${operation}: ${await response.text()}`);
  };
  const clients = await createTenants(session);
  void runTraffic(session, clients, control, secondsPerMinute);
  console.log(
    `The system runs. A minute of the simulated clock takes ${secondsPerMinute} s. Wait for the notification of an alarm.`,
  );
  await sleep(QUIET_MINUTES * secondsPerMinute * 1_000);
  await fault.inject(control, clients);
  const notified = new Set<string>();
  for (;;) {
    await sleep(5_000);
    const store = simulatedMetrics(await readMetrics(session), run, fault.slowness);
    const { notifications } = runAlarms(asIfNotified(alarms), store, {
      start: SIMULATED_START + 15 * 60_000,
      end: simulatedTime(run, Date.now()),
    });
    for (const { alarm, state, at } of notifications) {
      const text = `${new Date(at).toISOString().slice(11, 16)} ${state}: ${alarm}`;
      if (!notified.has(text)) console.log(text);
      notified.add(text);
    }
  }
}

/** The local stage has no topic. With one, all alarms that are not part of another one notify. */
function asIfNotified({ metric, composite }: Alarms): Alarms {
  const parts = new Set(composite.flatMap(({ rule }) => rule.names));
  return {
    metric: metric.map((alarm) => ({ ...alarm, notifies: !parts.has(alarm.name) })),
    composite: composite.map((alarm) => ({ ...alarm, notifies: true })),
  };
}
