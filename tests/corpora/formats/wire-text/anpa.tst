n4411_kola
r a BC-Tarn--Kite        03-13 0214
^BC-Tarn--Kite,214<
^Kite festival in Tarn draws thousands<
^Eds: ADDS quote.<
^By IDA BRANDVOLD=
^Associated Press=
	   TARN, Norway (AP) _ Thousands of kites rose over Tarn on Thursday.
 
	   ``The sky was full,'' said Unn Lien, the librarian.
	   AP-WF-03-13-25 1509GMT<

