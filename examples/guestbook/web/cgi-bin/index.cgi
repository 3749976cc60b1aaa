#!/bin/sh
# The page. httpd runs this for "/".
answer=$(wget -q -O - --post-data visit "$API_URL/cgi-bin/visit")
visits=$(printf '%s\n' "$answer" | head -n 1)

printf 'Content-Type: text/html; charset=utf-8\r\n\r\n'
cat <<PAGE
<!doctype html>
<title>$TITLE</title>
<h1>$TITLE</h1>
<p>You are visitor number ${visits:-unknown}.</p>
<ul>
PAGE
entries=$(printf '%s\n' "$answer" | tail -n +2)
printf '%s\n' "${entries:-Nobody has signed yet.}" | sed -e 's/&/\&amp;/g' -e 's/</\&lt;/g' -e 's/^/<li>/' -e 's/$/<\/li>/'
cat <<'PAGE'
</ul>
<form method="post" action="/cgi-bin/sign">
<input name="entry" placeholder="Leave a line" maxlength="200"> <button>Sign</button>
</form>
PAGE
