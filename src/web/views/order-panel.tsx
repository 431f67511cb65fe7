import type { ServiceRequest } from 'fhir/r4';
import { useEffect, useRef } from 'preact/hooks';
import { ofType, type Resource } from '../api/resource';
import type { Order } from '../orders/basket';
import { fireHook } from '../state/ask';
import { startOver } from '../state/change';
import { signOrders } from '../state/decide';
import { useSandbox } from '../state/store';
import { useWords } from '../words/translate';
import { Field } from './field';
import { Icon } from './icons';
import { conceptText } from './problem-list';
import { Section } from './section';

/** The order in hand, and what accepted suggestions added to it. */
export function OrderPanel() {
  const { store, state } = useSandbox();
  const { t } = useWords();
  const asked = state.hook === 'order-sign' && !state.busy;
  const open = state.orders.some(
    ({ state: kind, resource }) => isOpen(kind) && resource.resourceType === 'ServiceRequest',
  );
  const signed = state.orders.some((order) => order.state === 'signed');
  return (
    <Section id="order" title={t('orders')} class="orders">
      <ul class="order-list">
        {state.orders.map((order) => (
          <li key={`${order.resource.resourceType}/${order.resource.id ?? ''}`} class={`order is-${order.state}`}>
            <OrderView order={order} />
          </li>
        ))}
      </ul>
      <div class="buttons">
        {open && (
          <>
            <button type="button" class="quiet-button" onClick={() => void fireHook(store, 'order-select')}>
              {t('choose-order')}
            </button>
            <button type="button" class="primary" onClick={() => void fireHook(store, 'order-sign')}>
              <Icon name="sign" />
              {t(asked ? 'check-again' : 'sign')}
            </button>
            {asked && (
              <button type="button" class="quiet-button" onClick={() => signOrders(store)}>
                {t('sign-finally')}
              </button>
            )}
          </>
        )}
        {!open && (
          <button type="button" class="quiet-button" onClick={() => void startOver(store)}>
            <Icon name="back" />
            {t('start-over')}
          </button>
        )}
      </div>
      {signed && (
        <p class="done" role="status">
          <Icon name="met" />
          {t('signed')}
        </p>
      )}
    </Section>
  );
}

function isOpen(kind: Order['state']): boolean {
  return kind === 'draft' || kind === 'changed' || kind === 'new';
}

function OrderView({ order }: { readonly order: Order }) {
  const { t, maybe } = useWords();
  const { resource, state } = order;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (state !== 'draft' && state !== 'signed') place.current?.scrollIntoView({ block: 'nearest' });
  }, [state]);
  return (
    <div ref={place}>
      <p class="order-name">
        <strong>{orderName(resource, maybe) ?? resource.resourceType}</strong>
        <span class={`state is-${state}`}>{t(`order.${state}`)}</span>
      </p>
      {resource.resourceType === 'ServiceRequest' ? (
        <RequestView order={order} request={resource} />
      ) : (
        <OtherView resource={resource} />
      )}
    </div>
  );
}

function RequestView({ order, request }: { readonly order: Order; readonly request: ServiceRequest }) {
  const { state } = useSandbox();
  const { t, day } = useWords();
  const reason = ofType(state.chart?.record ?? [], 'Condition').find(
    ({ id }) => request.reasonReference?.[0]?.reference === `Condition/${id ?? ''}`,
  );
  const attached = request.supportingInfo?.length ?? 0;
  const mark = (name: string): string => (order.changed.includes(name) ? 'is-changed' : '');
  return (
    <dl class="fields">
      <Field name={t('date')}>{request.authoredOn === undefined ? t('not-recorded') : day(request.authoredOn)}</Field>
      {request.performerType !== undefined && (
        <Field name={t('performer')}>{conceptText(request.performerType) ?? ''}</Field>
      )}
      {reason !== undefined && <Field name={t('reason')}>{conceptText(reason.code) ?? t('not-recorded')}</Field>}
      {request.note !== undefined && (
        <Field name={t('note')} class={mark('note')}>
          {request.note.map(({ text }) => text).join('\n')}
        </Field>
      )}
      {attached > 0 && (
        <Field name={t('attached')} class={mark('supportingInfo')}>
          {t('references', { number: attached })}
        </Field>
      )}
    </dl>
  );
}

function OtherView({ resource }: { readonly resource: Resource }) {
  const { t } = useWords();
  const { description, payload, input } = resource as {
    description?: string;
    input?: readonly { valueCanonical?: string }[];
    payload?: readonly { contentString?: string }[];
  };
  const message = payload?.map(({ contentString }) => contentString).join('\n');
  const form = input?.find(({ valueCanonical }) => valueCanonical !== undefined)?.valueCanonical;
  return (
    <dl class="fields">
      {description !== undefined && <Field name={t('what')}>{description}</Field>}
      {message !== undefined && <Field name={t('note')}>{message}</Field>}
      {form !== undefined && <Field name={t('form')}>{form.split('/').pop() ?? ''}</Field>}
    </dl>
  );
}

/** What an order is called: by its own text, else by its code or kind. */
function orderName(resource: Resource, maybe: (name: string) => string | undefined): string | undefined {
  const { code } = resource as { code?: ServiceRequest['code'] };
  const named = code?.coding
    ?.map((coding) => maybe(`order-code.${coding.code ?? ''}`))
    .find((name) => name !== undefined);
  return named ?? conceptText(code) ?? maybe(`resource.${resource.resourceType}`);
}
