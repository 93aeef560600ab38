import type { Deployment, LicensesDeployment } from '../../deployment';
import { newId } from '../../id';
import { type Actor, type AuditEvent, putAudit } from '../../store/audit/audit';
import { DEPLOYMENT } from '../../store/table/keys';
import { openTable } from '../../store/table/table';
import { openMailRedrive, type RedrivePosition, type RedriveResult } from './mail-redrive';

/** Redrives the emails of all domains for an administrator. */
export class RedriveAdmin {
  constructor(
    private readonly redrive: (deadline: number, from?: RedrivePosition) => Promise<RedriveResult>,
    /** Writes into the audit log of the deployment. */
    private readonly writeAudit: (event: AuditEvent) => Promise<void>,
  ) {}

  /**
   * Redrives from the position of an earlier call until `deadline`, in milliseconds since the epoch, and
   * writes an audit event with the result.
   */
  async run(
    deadline: number,
    actor: Actor,
    requestId: string,
    from?: RedrivePosition,
  ): Promise<RedriveResult> {
    const result = await this.redrive(deadline, from);
    await this.writeAudit({
      id: newId(),
      at: new Date().toISOString(),
      action: 'mail.redriven',
      resourceId: '',
      requestId,
      actor,
      changes: (['mails', 'messages'] as const).map((attribute) => ({ attribute, after: result[attribute] })),
    });
    return result;
  }
}

export function openRedriveAdmin(deployment: Deployment, licenses: LicensesDeployment): RedriveAdmin {
  const { tableName, auditRetentionDays } = deployment;
  const redrive = openMailRedrive(deployment, licenses);
  return new RedriveAdmin(
    (deadline, from) => redrive.run(deadline, from),
    (event) => putAudit(openTable(tableName), DEPLOYMENT, event, auditRetentionDays),
  );
}
