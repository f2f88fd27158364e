"""A small model of the key history: phones, one server with backups, attackers. V1: last writer wins among signed
histories. V2: a grow-only set of steps, each with the time of its acceptance; of two steps from one key the first accepted.
V2 with fresh starts: a time from which on earlier first keys begin nothing. A phone never comes back to a key that it left."""
import random, sys
PERSON=0
class Fail(Exception): pass
class Server:
    def __init__(s): s.cell=None; s.steps={}; s.synced=set(); s.gen=0; s.backups=[]; s.afresh=0
    def snap(s): return (s.cell, dict(s.steps), set(s.synced), s.afresh)
# history: tuple of (key, certifier) ; certifier None for first. certified iff certifier==previous key.
def certified(h): return all(h[i][1]==h[i-1][0] for i in range(1,len(h))) and h[0][1] is None
def keys(h): return tuple(k for k,_ in h)
def goes_on(h,g): return keys(h)[:len(g)]==keys(g)
class Phone:
    def __init__(s,n): s.n=n; s.cell=None; s.unsent=None; s.words=set(); s.gen=0; s.resend=False; s.steps={}; s.prop=None; s.pin=None; s.alarm=0; s.afresh=0; s.used=[]
def walk(steps, root, extra=None):
    k=root; seen={k}
    while True:
        nxt=[(t,kk) for (b,kk),t in steps.items() if b==k]
        if not nxt: return k
        k=min(nxt)[1]
        if k in seen: return k
        seen.add(k)
def roots(steps,afresh): return sorted((t,k) for (b,k),t in steps.items() if b is None and t>afresh)
class World:
    def __init__(s,seed,v,thief,hostkey,firstrule,restores=1):
        s.restores=restores
        s.r=random.Random(seed); s.v=v; s.thief=thief; s.hostkey=hostkey; s.firstrule=firstrule
        s.now=1; s.srv=Server(); s.phones=[Phone(i) for i in range(3)]; s.nk=0; s.person=set(); s.made=[]; s.signed=set(); s.nexti=3
        s.srv.backups.append(s.srv.snap())
        k=s.newkey(); 
        for p in s.phones:
            p.words.add(k)
            if v==1: p.unsent=(((k,None),),(s.tick(),p.n))
            else: p.prop=[(None,k)]
    def tick(s): s.now+=1; return s.now
    def newkey(s): s.nk+=1; k='k%d'%s.nk; s.person.add(k); return k
    # --- views
    def history(s,p):
        c,u=p.cell,p.unsent
        if u and (not c or u[1]>c[1]): return u[0]
        return c[0] if c else None
    def inuse(s,p):
        if s.v==1:
            h=s.history(p); return h[-1][0] if h else None
        rs=roots(p.steps,p.afresh); root=p.pin or (rs[0][1] if rs else None)
        end=walk(p.steps,root) if root else None
        for (b,k) in p.prop or []:
            if b==end and (b is not None or root is None): end=k; root=root or k
        return end
    def srv_inuse(s):
        if s.v==1: return s.srv.cell[0][-1][0] if s.srv.cell else None
        rs=roots(s.srv.steps,s.srv.afresh); return walk(s.srv.steps,rs[0][1]) if rs else None
    # --- server
    def accept1(s,h,st,author):
        c=s.srv.cell
        if (h,st) in s.signed:
            if c is None or st>c[1]: s.srv.cell=(h,st)
            return 'ok'
        if not certified(h): return 'refuse'
        if c is None or goes_on(h,c[0]):
            if c is None or st>c[1]: s.srv.cell=(h,st)
            if s.srv.cell==(h,st): s.signed.add((h,st)); return 'signed'
            return 'none'
        if goes_on(c[0],h): return 'none'
        return 'refuse'
    def accept2(s,before,key,secret):
        if before is None:
            if roots(s.srv.steps,s.srv.afresh): return 'refuse'
        elif before not in [walk(s.srv.steps,k) for _,k in roots(s.srv.steps,s.srv.afresh)] or secret!=before: return 'refuse'
        s.srv.steps[(before,key)]=s.tick(); s.signed.add((before,key,s.now)); return 'ok'
    def follows1(s,p,h,st):
        if (h,st) not in s.signed or not certified(h): return False
        if p.cell and keys(p.cell[0])[0]!=keys(h)[0] and p.words & set(keys(p.cell[0])): return False
        return True
    def sync(s,p,lose=False):
        if p.gen!=s.srv.gen: p.gen=s.srv.gen; p.resend=True
        s.srv.synced.add(p.n)
        if s.v==1:
            if p.resend and p.cell: s.accept1(*p.cell,p.n)
            res=s.accept1(*p.unsent,p.n) if p.unsent else None
            if lose: return
            p.resend=False
            if p.unsent:
                if res=='refuse': p.unsent=None
                elif res=='signed':
                    if not p.cell or p.unsent[1]>p.cell[1]: p.cell=p.unsent
                    p.unsent=None
            c=s.srv.cell
            if c:
                if s.follows1(p,*c):
                    if not p.cell or c[1]>p.cell[1]: p.cell=c
                else: p.alarm+=1
            if p.unsent and p.cell and p.cell[1]>=p.unsent[1]: p.unsent=None
        else:
            s.srv.afresh=max(s.srv.afresh,p.afresh)
            if p.resend:
                for (b,k),t in p.steps.items():
                    o=s.srv.steps.get((b,k)); s.srv.steps[(b,k)]=min(o,t) if o else t
            res=None
            for st in p.prop or []:
                if st in s.srv.steps: continue
                res=s.accept2(st[0],st[1],st[0])
                if res=='refuse': break
            if lose: return
            p.resend=False; p.afresh=s.srv.afresh
            for (b,k),t in s.srv.steps.items():
                if (b,k,t) not in s.signed: continue
                if b is None and p.pin and k!=p.pin and t>p.afresh: p.alarm+=1; continue
                o=p.steps.get((b,k)); p.steps[(b,k)]=min(o,t) if o else t
            p.prop=None if res=='refuse' else [st for st in p.prop or [] if st not in p.steps]
            if p.pin and p.pin not in [k for _,k in roots(p.steps,p.afresh)]: p.pin=None; p.prop=None
            if not p.pin:
                for t,r in roots(p.steps,p.afresh):
                    reach={r}; 
                    for _ in range(len(p.steps)): reach|={k for (b,k) in p.steps if b in reach}
                    if reach & p.words: p.pin=r; break
    def start_afresh(s,p):
        s.srv.afresh=s.tick()
        for q in s.phones: q.afresh=s.srv.afresh; q.pin=None; q.prop=None
        k=s.newkey(); p.words.add(k); p.prop=[(None,k)]
    def enter(s,p):
        k=s.inuse(p)
        if s.v==2 and not p.pin:
            # The person types the words that they use on another phone, of whichever history.
            theirs=[q.pin for q in s.phones if q.pin]+[k]
            for r in theirs:
                if r in [x for _,x in roots(p.steps,p.afresh)]: k=walk(p.steps,r); p.pin=r if k in s.person else None; break
        if k and k not in p.words and k in s.person: p.words.add(k)
    def change(s,p):
        k=s.inuse(p)
        if k is None or k not in p.words: return
        n=s.newkey(); p.words.add(n)
        if s.v==1: p.unsent=(s.history(p)+((n,k),),(s.tick(),p.n))
        else: p.prop=(p.prop or [])+[(k,n)]
    def lose(s,i):
        p=Phone(s.nexti); s.nexti+=1; p.gen=s.srv.gen
        others=[q for q in s.phones if q is not s.phones[i]]
        s.phones[i]=p
        if s.v==1: p.cell=s.srv.cell; has=p.cell is not None; oth=any(s.history(q) for q in others)
        else: p.steps=dict(s.srv.steps); p.afresh=s.srv.afresh; has=bool(roots(p.steps,p.afresh)); oth=any(s.inuse(q) for q in others)
        first = not has and not (s.firstrule and oth)
        if first:
            k=s.newkey(); p.words.add(k)
            if s.v==1: p.unsent=(((k,None),),(s.tick(),p.n))
            else: p.prop=[(None,k)]
        else: s.enter(p)
    def restore(s):
        kept=s.srv.afresh if s.r.random()<.7 else 0
        b=s.r.choice(s.srv.backups); s.srv.cell,st,sy=b[0],dict(b[1]),set(b[2]); s.srv.steps=st; s.srv.afresh=max(b[3],kept); s.srv.synced=sy; s.srv.gen+=1
    def attack(s):
        kind=s.r.randrange(4); h=s.srv.cell[0] if s.v==1 and s.srv.cell else None
        i=s.srv_inuse(); before=i
        if i is None: return
        replaced=set()
        if s.v==1:
            for (hh,_) in s.signed: replaced|=set(keys(hh)[:-1])
        else: replaced={b for (b,k,_) in s.signed if b}
        replaced&=s.person
        st=(s.now+5,99); s.now+=5
        if s.v==1:
            if kind==0: s.accept1((('x',None),),st,99)
            if kind==1: s.accept1(h+(('x','x'),),st,99)
            if kind==2 and len(h)>1: s.accept1(h[:-1],st,99)
            if kind==3 and s.thief and replaced:
                old=replaced
                k=s.r.choice(sorted(old)); ks=keys(h)
                if k in ks: s.accept1(h[:ks.index(k)+1]+(('x',k),),st,99)
        else:
            if kind==0: s.accept2(None,'x',None)
            if kind==1: s.accept2(i,'x','x')
            if kind==3 and s.thief and replaced:
                k=s.r.choice(sorted(replaced)); s.accept2(k,'x',k)
        after=s.srv_inuse()
        if after!=before and not s.thief: raise Fail('attacker changed the key on the server')
    def truth(s):
        """the key that the person takes for theirs: of the phones with words, the one with the longest history"""
        best=None
        for p in s.phones:
            k=s.inuse(p)
            if k in p.words:
                n=int(k[1:]) if k!='x' else -1
                best=max(best or (-1,''),(n,k))
        return best[1] if best else None
    def check(s):
        for p in s.phones:
            k=s.inuse(p)
            if k=='x' and 'x' in p.words: raise Fail('seals under the attackers key')
            if k=='x' and not s.thief: raise Fail('follows the attackers key')
            if s.v==2 and p.pin and k and p.used[-1:]!=[k]:
                if k in p.used: raise Fail('a key comes back')
                p.used.append(k)
    def play(s,steps=60):
        for _ in range(steps):
            s.now+=s.r.randrange(3); p=s.r.choice(s.phones); x=s.r.random()
            if x<.45: s.sync(p,lose=s.r.random()<.25)
            elif x<.6: s.change(p)
            elif x<.75: s.enter(p)
            elif x<.8: s.srv.backups.append(s.srv.snap())
            elif x<.84:
                if s.restores: s.restore()
            elif x<.88: s.lose(s.phones.index(p))
            elif x<.89 and s.v==2 and s.restores: s.start_afresh(p)
            else: s.attack()
            s.check()
        for _ in range(4):
            for p in s.phones: s.sync(p); s.enter(p)
        s.check()
        iu={s.inuse(p) for p in s.phones}
        if 'x' in iu or s.srv_inuse()=='x': raise Fail('stuck: the fork of a thief is in use')
        if len(iu)>1: raise Fail('phones disagree')
        if None in iu: raise Fail('nobody has a key')
        if any(p.unsent or p.prop for p in s.phones): raise Fail('waits for ever')
        if any(s.inuse(p) not in p.words for p in s.phones): raise Fail('words asked for that nobody has')
        return sum(p.alarm for p in s.phones)
if __name__=='__main__':
    n=int(sys.argv[1])
    for v in (1,2):
        for thief in (0,1):
            for rule,rest in ((0,1),(1,1),(1,0)):
                bad={}; ex={}; al=0
                for seed in range(n):
                    w=World(seed,v,thief,0,rule,rest)
                    try: al+=1 if w.play() else 0
                    except Fail as e: bad[str(e)]=bad.get(str(e),0)+1; ex.setdefault(str(e),seed)
                print('V%d thief=%d firstrule=%d restores=%d of %d:'%(v,thief,rule,rest,n), bad, 'first',ex,'false alarms',al)
