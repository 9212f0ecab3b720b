// Part of what tests/browser/checks.py brings into a page. Words for the two others.

// What is out of sight is laid out only once it comes near: it is measured as it is then.
const laidOut = new CSSStyleSheet();
laidOut.replaceSync(`* { content-visibility: visible !important; }
  .report > section:has(.gap-table) ~ section, .gap-table tbody tr { contain: layout style paint; }`);
document.adoptedStyleSheets.push(laidOut);

const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const said = text => (text || '').replace(/\s+/g, ' ').trim();
const words = text => said(text).toLowerCase().match(/[\p{L}\p{N}]+/gu) || [];
const named = one => {
  const start = `<${one.localName}${one.id ? '#' + one.id : ''}${one.classList.length ? '.' + [...one.classList].join('.') : ''}>`;
  return `${start} ${said(one.textContent).slice(0, 40)}`.trim();
};
const shown = one => one.checkVisibility({checkVisibilityCSS: true, checkOpacity: true})
  && one.getClientRects().length > 0;
const forReadersOnly = one => one.closest('.visually-hidden, .skip-link') !== null;
const inScroller = one => one.closest('.table-scroller, .results, pre, textarea, select') !== null;
const CONTROLS = 'input:not([type=hidden]), select, textarea';
const FOCUSABLE = `a[href], button, ${CONTROLS}, summary, [tabindex]`;
const focusables = () => all(FOCUSABLE).filter(
  one => shown(one) && !one.disabled && one.tabIndex >= 0
    && (one.type !== 'radio' || isTheRadioOfTab(one)));
function isTheRadioOfTab(one) {
  const group = all('input[type=radio]').filter(
    other => other.name === one.name && other.form === one.form);
  return one === (group.find(other => other.checked) || group[0]);
}
const textOf = ids => said((ids || '').split(/\s+/).map(
  id => document.getElementById(id)).filter(Boolean).filter(shown)
  .map(one => one.textContent).join(' '));
