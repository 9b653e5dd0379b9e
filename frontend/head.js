(function(d){d.classList.replace("no-js","js");try{var s=localStorage.getItem("wh-scheme");if(s==="light"||s==="dark")d.dataset.scheme=s}catch(e){}})(document.documentElement)
