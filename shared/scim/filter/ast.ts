export type ComparisonOperator = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le';
export type ComparisonValue = string | number | boolean | null;

/**
 * The syntax tree of a filter (RFC 7644 §3.4.2.2). Paths are as the client wrote them; `resolvePath` finds
 * their attributes.
 */
export type Filter =
  /** Has at least two operands. */
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Filter[] }
  | { readonly kind: 'not'; readonly operand: Filter }
  | { readonly kind: 'present'; readonly path: string }
  | {
      readonly kind: 'comparison';
      readonly path: string;
      readonly operator: ComparisonOperator;
      readonly value: ComparisonValue;
    }
  /**
   * `path[filter]`: one element of a multi-valued attribute matches all of `filter`, whose paths are
   * sub-attributes.
   */
  | { readonly kind: 'valuePath'; readonly path: string; readonly filter: Filter };
