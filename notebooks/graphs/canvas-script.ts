/**
 * The script that draws a graph on its canvas, and moves and zooms it. It has no `<` and no `&`, so that it
 * stands in HTML and XML as it is, and finds its canvas by `id`, since a figure may be shown twice.
 */
export function canvasScript(id: string, width: number, height: number, pale: number): string {
  return SCRIPT.replace('ID', id)
    .replace('WIDTH', String(width))
    .replace('HEIGHT', String(height))
    .replace('PALE', String(pale))
}

const SCRIPT = `document.querySelectorAll('canvas[data-graph="ID"]').forEach(c=>{let D=c.dataset;if(D.on)return;D.on=1;
let f=(k,T)=>new T(Uint8Array.from(atob(D[k].replaceAll('-','N')),s=>s.charCodeAt(0)).buffer),p=f('p',Float32Array),n=p.length/2,e=f('e',n>65536?Uint32Array:Uint16Array),r=f('r',Uint8Array),k=f('k',Uint8Array),C=JSON.parse(D.c),L=JSON.parse(D.l),N=JSON.parse(D.n),W=WIDTH,H=HEIGHT,g=c.getContext('2d'),s=1,x=0,y=0,m,w;
let X=v=>p[2*v]*s+x,Y=v=>p[2*v+1]*s+y;
let draw=()=>{w=0;let d=window.devicePixelRatio||1,t=getComputedStyle(c).color,z=Math.sqrt(s);c.width=W*d;c.height=H*d;g.scale(d,d);g.strokeStyle=t;g.globalAlpha=PALE;g.lineWidth=.6;
for(let i=0;e.length>i;){g.beginPath();for(let j=0;1000>j;j++){if(i>=e.length)break;let a=e[i++],b=e[i++];g.moveTo(X(a),Y(a));g.lineTo(X(b),Y(b))}g.stroke()}
g.globalAlpha=.9;for(let i=0;n>i;i++){g.fillStyle=C[k[i]];g.beginPath();g.arc(X(i),Y(i),r[i]/10*z,0,7);g.fill()}
g.globalAlpha=1;g.font='11px system-ui,sans-serif';for(let[v,t,a,b]of L){let l=X(v)+a,h=Y(v)+b;g.clearRect(l-2,h-10,g.measureText(t).width+4,14)}
g.fillStyle=t;for(let[v,t,a,b]of L)g.fillText(t,X(v)+a,Y(v)+b)};
let go=()=>{w=w||requestAnimationFrame(draw)},at=o=>{let q=W/c.clientWidth||1;return[o.offsetX*q,o.offsetY*q]},zoom=(q,a,b)=>{q=Math.min(60,Math.max(.3,s*q))/s;x=a-(a-x)*q;y=b-(b-y)*q;s*=q;go()};
c.onpointerdown=o=>{m=at(o);c.setPointerCapture(o.pointerId);c.focus({preventScroll:true})};c.onpointerup=()=>{m=0};
c.onpointermove=o=>{let q=at(o);if(m){x+=q[0]-m[0];y+=q[1]-m[1];m=q;go();return}if(!N.length)return;let b=100,h='';for(let i=0;n>i;i++){let d=(X(i)-q[0])**2+(Y(i)-q[1])**2;if(b>d){b=d;h=N[i]}}c.title=h};
c.addEventListener('wheel',o=>{if(document.activeElement!==c){if(!o.ctrlKey)return}o.preventDefault();zoom(Math.exp(-o.deltaY/400),...at(o))},{passive:false});
c.onkeydown=o=>{let q={'+':1.3,'-':1/1.3}[o.key],a={ArrowLeft:[40,0],ArrowRight:[-40,0],ArrowUp:[0,40],ArrowDown:[0,-40]}[o.key];if(q)zoom(q,W/2,H/2);if(a){x+=a[0];y+=a[1];go();o.preventDefault()}if(o.key=='0'){s=1;x=y=0;go()}};
matchMedia('(prefers-color-scheme:dark)').addEventListener('change',go);draw()})`
