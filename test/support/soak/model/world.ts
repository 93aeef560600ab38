import type { AcceptableCount } from './acceptable-count';
import { Register, type Value } from './register';

/** A user or group of the soak. Its name is that of the operations; the service chooses its ID. */
export interface SoakResource {
  readonly name: string;
  /** The ID, once a client knows it. */
  id?: string;
  /** `yes` while the resource exists. */
  readonly exists: Register;
  /** The attributes by their names. */
  readonly attributes: Map<string, Register>;
  /** The state that its client has sent last, as far as the client knows. */
  view: Record<string, Value>;
}

/** A domain of the soak, with what its clients have written. */
export class SoakDomain {
  readonly users = new Map<string, SoakResource>();
  readonly groups = new Map<string, SoakResource>();
  /** Whether a user is `in` or `out` of a group, by the names of both. */
  readonly memberships = new Map<string, Register>();
  /** Settings, connections, and invitations of the domain. */
  readonly settings = new Map<string, Register>();
  /** The replacements of keys, by the IDs of users. */
  readonly keyReplacements = new Map<string, AcceptableCount>();
  /** The credentials that were revoked. */
  readonly revokedKeys: string[] = [];
  /** Whether the deletion of the domain has begun. */
  isDeleted = false;

  constructor(
    readonly domainId: string,
    /** The position of the domain, which decides its settings. */
    readonly index: number,
    /** A text that makes the names of this run unique. */
    readonly tag: string,
    /** The response to the creation. */
    private readonly created: Readonly<Record<string, unknown>>,
  ) {}

  user(name: string): SoakResource {
    return resourceIn(this.users, name);
  }

  group(name: string): SoakResource {
    return resourceIn(this.groups, name);
  }

  membership(group: string, user: string): Register {
    const key = `${group} ${user}`;
    const known = this.memberships.get(key) ?? new Register('out');
    this.memberships.set(key, known);
    return known;
  }

  /**
   * `name` is that of an attribute of the domain, `mappings`, `connection <name>`, or `invitation <name>`.
   */
  setting(name: string): Register {
    const known = this.settings.get(name) ?? new Register(this.initial(name));
    this.settings.set(name, known);
    return known;
  }

  private initial(setting: string): string {
    if (/^(?:connection|invitation) /.test(setting)) return 'no';
    return setting === 'mappings' ? '0' : String(this.created[setting]);
  }

  /** Returns the memberships of a group that any client has written. */
  membershipsOf(group: string): [user: string, register: Register][] {
    return [...this.memberships].flatMap(([key, register]) =>
      key.startsWith(`${group} `) ? [[key.slice(group.length + 1), register]] : [],
    );
  }
}

export const attributeOf = ({ attributes }: SoakResource, name: string): Register => {
  const known = attributes.get(name) ?? new Register();
  attributes.set(name, known);
  return known;
};

function resourceIn(resources: Map<string, SoakResource>, name: string): SoakResource {
  const known = resources.get(name) ?? {
    ...{ name, exists: new Register('no'), attributes: new Map<string, Register>(), view: {} },
  };
  resources.set(name, known);
  return known;
}
