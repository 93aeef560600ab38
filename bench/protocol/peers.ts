import { Schemas } from 'scimmy';

// The users of the benchmark have attributes of the enterprise extension.
Schemas.User.extend(Schemas.EnterpriseUser as never, false);

/** The classes of `scimmy` for users and groups. Their attributes are defined only at run time. */
type SchemaClass = new (data: unknown, direction: 'in' | 'out') => never;
export const PeerUser = Schemas.User as unknown as SchemaClass;
export const PeerGroup = Schemas.Group as unknown as SchemaClass;
