import type { ComponentChildren } from 'preact';

interface FieldProps {
  readonly name: string;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/** A name with its value, in a list of those. */
export function Field({ name, class: kind, children }: FieldProps) {
  return (
    <div class={kind}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
