"""A page that tries every way out of a browser that its author could think of."""

from __future__ import annotations

from serving import page


def knocking(tcp: str, udp: str, own: str) -> str:
    """A page that tries to reach the ports *tcp* and *udp*, some of them by way of its *own* origin."""
    name = tcp.replace("127.0.0.1", "localhost")
    head = f"""
<link rel="dns-prefetch" href="//{name}"><link rel="preconnect" href="http://{tcp}">
<link rel="prefetch" href="http://{tcp}/prefetch"><link rel="preload" as="script" href="http://{tcp}/preload.js">
<link rel="modulepreload" href="http://{tcp}/module.js"><link rel="icon" href="http://{tcp}/icon.png">
<link rel="stylesheet" href="http://{tcp}/style.css"><link rel="manifest" href="http://{tcp}/manifest.json">
<style>@import url("http://{tcp}/import.css"); body {{ background: url("http://{tcp}/background.png") }}</style>
<script type="speculationrules">{{"prefetch": [{{"source": "list", "urls": ["http://{tcp}/speculation", "/speculation"]}}],
 "prerender": [{{"source": "list", "urls": ["/prerender"]}}]}}</script>
<script src="http://{tcp}/script.js"></script><script src="/to-the-canary.js"></script>
<script src="http://169.254.169.254/latest/meta-data/"></script><script src="http://2130706433:{tcp.split(":")[1]}/x.js"></script>
<script src="http://[::1]:{tcp.split(":")[1]}/x.js"></script>"""
    body = f"""
<img src="http://{tcp}/picture.png"><iframe src="http://{tcp}/frame"></iframe><iframe src="/frame"></iframe>
<object data="http://{tcp}/object"></object><embed src="http://{tcp}/embed"><video src="http://{tcp}/v.mp4" autoplay></video>
<a id="ping" href="#x" ping="http://{tcp}/ping">ping</a><a id="load" href="http://{tcp}/file.zip" download>load</a>
<form id="form" action="http://{tcp}/form" method="post" target="_blank"></form>
<iframe srcdoc="<script>fetch('http://{tcp}/srcdoc');new RTCPeerConnection({{iceServers:[{{urls:'stun:{udp}'}}]}})</script>"></iframe>
<script>
const done = [];
function attempt(name, what) {{ try {{ what(); done.push(name); }} catch (error) {{ done.push(name + ' ' + error.name); }} }}
attempt('fetch', () => fetch('http://{tcp}/fetch', {{mode: 'no-cors'}}).catch(() => 0));
attempt('localhost', () => fetch('http://{name}/name', {{mode: 'no-cors'}}).catch(() => 0));
attempt('redirect', () => fetch('{own}/to-the-canary', {{mode: 'no-cors'}}).catch(() => 0));
attempt('post', () => fetch('{own}/post', {{method: 'POST', body: 'x'}}).catch(() => 0));
attempt('beacon', () => navigator.sendBeacon('http://{tcp}/beacon', 'x'));
attempt('keepalive', () => fetch('http://{tcp}/keepalive', {{method: 'POST', keepalive: true, mode: 'no-cors'}}).catch(() => 0));
attempt('later', () => fetchLater('http://{tcp}/later', {{activateAfter: 0}}));
attempt('socket', () => new WebSocket('ws://{tcp}/socket'));
attempt('events', () => new EventSource('http://{tcp}/events'));
attempt('transport', () => new WebTransport('https://{udp}/transport'));
attempt('stun', () => {{ const p = new RTCPeerConnection({{iceServers: [{{urls: 'stun:{udp}'}}, {{urls: 'turn:{tcp}?transport=tcp', username: 'u', credential: 'c'}}]}});
  p.createDataChannel('x'); p.createOffer().then(o => p.setLocalDescription(o)); }});
const work = URL.createObjectURL(new Blob([`fetch('http://{tcp}/worker', {{mode: 'no-cors'}}).catch(() => 0);
  try {{ new WebSocket('ws://{tcp}/worker-socket'); }} catch (e) {{}}
  try {{ new WebTransport('https://{udp}/worker-transport'); }} catch (e) {{}}
  try {{ importScripts('http://{tcp}/worker-script.js'); }} catch (e) {{}}`], {{type: 'text/javascript'}}));
attempt('worker', () => new Worker(work));
attempt('shared', () => new SharedWorker(work));
attempt('service', () => navigator.serviceWorker.register('/worker.js').catch(() => 0));
attempt('ping', () => document.getElementById('ping').click());
attempt('download', () => document.getElementById('load').click());
attempt('window', () => window.open('http://{tcp}/window'));
attempt('blank', () => {{ const w = window.open('about:blank'); if (w) w.location = 'http://{tcp}/blank'; }});
attempt('form', () => document.getElementById('form').submit());
attempt('alert', () => alert('x'));
attempt('confirm', () => confirm('x'));
attempt('prompt', () => prompt('x'));
attempt('print', () => print());
document.body.dataset.done = done.length;
document.title = 'Scripts have run';
setTimeout(() => attempt('leave', () => location.replace('http://{tcp}/leave')), 100);
</script>"""
    return page("Knocking", "/", head=head, body=body)
