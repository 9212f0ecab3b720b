// Part of what tests/browser/checks.py brings into a page. How it looks, and where its focus goes:
// one small function a promise, which tells what it finds wrong.

// --- Places and sizes ---------------------------------------------------------------------

function sideways() {
  const wide = document.documentElement.scrollWidth;
  const room = document.documentElement.clientWidth;
  const out = all('main *, header *, footer *').filter(one => shown(one) && !forReadersOnly(one))
    .filter(one => !inScroller(one)).filter(one => {
      const box = one.getBoundingClientRect();
      return box.width > 0 && (box.right > room + 1 || box.left < -1);
    });
  if (wide <= room && !out.length) return [];
  return [`${wide} wide in ${room}`, ...out.map(named).slice(0, 3)];
}

function clipped() {
  const hiding = all('body *').filter(one => one.localName !== 'svg' && !one.closest('svg')
    && !one.matches('textarea, select, input, .table-scroller')).filter(one => {
      const style = getComputedStyle(one), hides = value => ['hidden', 'clip'].includes(value);
      return (hides(style.overflowX) || hides(style.overflowY))
        && one.clientWidth >= 3 && shown(one) && !forReadersOnly(one);
    });
  // What lies before the start of a line is no part of the width to scroll.
  const seen = hiding.length ? lines().filter(line => !inScroller(line.one)) : [];
  return hiding.filter(one => {
    const {left, right} = one.getBoundingClientRect();
    return one.scrollHeight > one.clientHeight + 2 || one.scrollWidth > one.clientWidth + 2
      || seen.some(line => one.contains(line.one) && (line.left < left - 1 || line.right > right + 1));
  }).map(one => `cut: ${named(one)}`);
}

function lines() {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node; (node = walker.nextNode());) {
    const one = node.parentElement;
    if (!said(node.data) || !shown(one) || forReadersOnly(one) || one.closest('select, svg, option')) continue;
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      const slack = box.height * 0.25;
      if (box.width > 2) found.push({one, left: box.left + 1, right: box.right - 1,
        top: box.top + slack, bottom: box.bottom - slack});
    }
  }
  return found.sort((first, second) => first.top - second.top);
}

function overlaps() {
  const found = new Set(), seen = lines();
  seen.forEach((first, place) => {
    for (let next = place + 1; next < seen.length && seen[next].top < first.bottom; next += 1) {
      const second = seen[next];
      if (first.left < second.right && second.left < first.right)
        found.add(`${named(first.one)} over ${named(second.one)}`);
    }
  });
  return [...found].slice(0, 5);
}

// The label of a choice is pressed as well, and so is what a link spreads itself over.
function pressed(one) {
  const boxes = [...one.getClientRects(), ...[...(one.labels || [])].filter(
    () => ['radio', 'checkbox'].includes(one.type)).map(label => label.getBoundingClientRect())];
  for (const side of ['::before', '::after'])
    for (const from of [one, ...(one.labels || [])]) {
      const style = getComputedStyle(from, side);
      if (style.content !== 'none' && style.position === 'absolute' && /^-?[012]px$/.test(style.inset))
        boxes.push(from.offsetParent.getBoundingClientRect());
    }
  const edge = (side, most) => Math[most](...boxes.map(box => box[side]));
  const [left, right, top, bottom] = [edge('left', 'min'), edge('right', 'max'),
    edge('top', 'min'), edge('bottom', 'max')];
  return {left, right, top, bottom, width: right - left, height: bottom - top,
    x: (left + right) / 2, y: (top + bottom) / 2};
}

const inSentence = one => {
  const around = one.closest('p, li, dd, td, th, blockquote, figcaption, legend, label, h1, h2, h3');
  return getComputedStyle(one).display === 'inline' && around
    && said(around.innerText).length > said(one.innerText).length + 3;
};

// Small ones are right where a circle of 24 px around them touches no other (2.5.8).
function targets() {
  const MAIN = '.btn:not(.btn-link), .form-control, .form-select, .level-card-input, header nav a';
  const found = all(`a[href], button, summary, ${CONTROLS}`).filter(
    one => shown(one) && !forReadersOnly(one) && !inSentence(one))
    .map(one => ({one, ...pressed(one)}));
  const apart = ({one, x, y}) => found.every(other => other.one === one
    || Math.hypot(Math.max(other.left - x, x - other.right, 0),
      Math.max(other.top - y, y - other.bottom, 0)) >= 12);
  return found.filter(target => {
    const {one, width, height} = target;
    if (one.matches(MAIN)) return height < 43.9 || width < 24;
    return Math.min(width, height) < 23.9 && !apart(target);
  }).map(({one, width, height}) => `${Math.round(width)} x ${Math.round(height)}: ${named(one)}`);
}

function covered() {
  const fixed = all('body *').filter(one => shown(one)
    && ['fixed', 'sticky'].includes(getComputedStyle(one).position)
    && !one.closest('thead') && !inScroller(one));
  const high = fixed.reduce((sum, one) => sum + one.getBoundingClientRect().height, 0);
  return high > innerHeight / 3 ? [`${high} of ${innerHeight} px stand still`] : [];
}

// --- Colours of what is no text -----------------------------------------------------------

const pen = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true});
function mixed(colours) {
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, 1, 1);
  for (const colour of colours) { pen.fillStyle = colour; pen.fillRect(0, 0, 1, 1); }
  return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
}
const light = colour => colour.map(one => one / 255).map(
  one => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)
  .reduce((sum, one, place) => sum + one * [0.2126, 0.7152, 0.0722][place], 0);
function behind(one) {
  const found = [];
  for (let up = one; up; up = up.parentElement) found.unshift(getComputedStyle(up).backgroundColor);
  return found;
}
function contrast(colour, back) {
  const [dark, bright] = [light(mixed([...back, colour])), light(mixed(back))].sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
}

function edges() {
  const boxes = all('input:not([type=hidden], [type=radio], [type=checkbox], [type=file]), select, textarea')
    .filter(shown).map(one => [one, [getComputedStyle(one).borderBottomColor]]);
  const marks = all('main svg :is(.you, .target, .line, .gap, .bar, .range, .median)').filter(shown)
    .map(one => [one, ['stroke', 'fill'].map(side => getComputedStyle(one)[side])
      .filter(colour => !['none', 'rgba(0, 0, 0, 0)'].includes(colour))]);
  return [...boxes, ...marks].filter(([one, colours]) => {
    const back = behind(one.parentElement.closest(':not(svg, svg *)'));
    return !colours.some(colour => contrast(colour, back) >= 3);
  }).map(([one]) => named(one));
}

// Backgrounds are plain here, so all of it can be worked out, also where axe cannot look:
// in charts, behind a scroll edge, beside a drawing.
function textContrast(least = 7) {
  return all('body, body *').filter(one => shown(one) && !one.disabled && !one.closest('option')
    && [...one.childNodes].some(node => node.nodeType === 3 && said(node.data))).filter(one => {
    const style = getComputedStyle(one), drawing = one.closest('svg');
    const size = parseFloat(style.fontSize);
    const large = !drawing && (size >= 24 || size >= 18.66 && +style.fontWeight >= 700);
    const ratio = drawing ? contrast(style.fill, behind(drawing.parentElement))
      : contrast(style.color, behind(one));
    for (let up = one; up; up = up.parentElement)
      if (getComputedStyle(up).backgroundImage !== 'none') return true;
    return ratio < (large ? least === 7 ? 4.5 : 3 : least);
  }).map(named);
}

// --- Focus --------------------------------------------------------------------------------

function order() {
  return all('[tabindex]').filter(one => one.tabIndex > 0).map(named).concat(
    all('main *').filter(shown).filter(one => {
      const style = getComputedStyle(one);
      return style.order !== '0' || (/flex|grid/.test(style.display) && style.flexDirection.endsWith('reverse'));
    }).map(named));
}

// The focus where it is now: seen, and hidden by nothing.
function focused() {
  const one = document.activeElement;
  if (!one || one === document.body || one === document.documentElement) return [];
  const found = [], drawn = [getComputedStyle(one),
    ...[...(one.labels || [])].map(label => getComputedStyle(label, '::after'))];
  const ring = drawn.some(style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
    && contrast(style.outlineColor, behind(one.parentElement)) >= 3);
  if (!ring) found.push(`no ring: ${named(one)}`);
  const boxes = [...one.getClientRects()].map(box => ({
    x: (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2,
    y: (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2}));
  const mine = ({x, y}) => {
    const top = document.elementFromPoint(x, y);
    return top && (one.contains(top) || top.contains(one) && top !== document.body
      && top !== document.documentElement || [...(one.labels || [])].some(label => label.contains(top)));
  };
  if (!boxes.some(mine)) found.push(`hidden: ${named(one)}`);
  return found;
}

function focus() {
  const before = document.activeElement, found = [];
  for (const one of focusables()) {
    one.focus();
    if (document.activeElement !== one) found.push(`takes no focus: ${named(one)}`);
    else found.push(...focused());
  }
  before?.focus();
  return found.slice(0, 10);
}

// --- The reader's own settings ------------------------------------------------------------

function withSheet(text, ask) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  document.adoptedStyleSheets.push(sheet);
  const found = ask();
  document.adoptedStyleSheets.pop();
  return found;
}
const loses = () => [...sideways(), ...clipped(), ...overlaps()];
const spacing = () => withSheet(
  '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }'
  + ' p { margin-block-end: 2em !important }', loses);
function rightToLeft() {
  const {dir} = document.documentElement;
  document.documentElement.dir = 'rtl';
  const found = loses();
  document.documentElement.dir = dir;
  return found;
}

const place = () => all('*').indexOf(document.activeElement);
const stops = () => focusables().map(one => all('*').indexOf(one));
const who = number => named(all('*')[number] || document.body);

const SEEN = {
  sideways, clipped, overlaps, targets, covered, edges, textContrast, order, focused, focus,
  spacing, rightToLeft, place, stops, who
};
